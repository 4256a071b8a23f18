"""Ways to name a server inside the network that have fooled other crawlers."""

from __future__ import annotations

NUMERIC = """
127.0.0.1 127.0.0.2 127.127.127.127 127.255.255.254 127.1 127.0.1 127.0.257 127.65530 2130706433
2130706434 0x7f000001 0x7F000001 0x007f000001 0x7f.1 0x7f.0.1 0x7f.0.0.1 0x7f.0x0.0x0.0x1
0x7f.0x000001 127.0x1 127.0.0x1 127.0x0.0.1 017700000001 0000017700000001 0177.1 0177.0.1
0177.0.0.1 0177.0.0.01 0177.0x0.0.1 0x7f.0.0.01 00000177.0.0.1 00177.000.000.001 127.000.000.001
127.0000000.0.1 127.0.0.001 6425673729 0x17f000001 0 00 0x0 0.0 0.0.0.0 0.0.0.1
000.000.000.000 127.0.0.1. 127.1. 0x7f.1. 2130706433. 127..0.0.1 .127.0.0.1
""".split()
SIX = """
[::1] [::0001] [0::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::] [::0]
[0:0:0:0:0:0:0:0] [::ffff:127.0.0.1] [::FFFF:127.0.0.1] [::ffff:7f00:1] [::ffff:7f00:0001]
[0:0:0:0:0:ffff:127.0.0.1] [0:0:0:0:0:ffff:7f00:1] [::ffff:0.0.0.0] [::ffff:0:127.0.0.1]
[::ffff:0:7f00:1] [::127.0.0.1] [::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1]
[64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:7f00:0001::1] [2001:0:7f00:1::] [fe80::1] [fec0::1]
[fc00::1] [fd00::1] [ff02::1] [100::1] [2001:db8::1] [::1%25lo] [::1%lo] [::1%251] [fe80::1%25lo]
[::ffff:127.1] [::ffff:0x7f.1] [::ffff:2130706433] [::1].
[::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
""".split()
NAMED = """
localhost LOCALHOST LocalHost localhost. LOCALHOST. localhost.localdomain ip6-localhost ip6-loopback
inside.example INSIDE.example inside.example. 127.0.0.1.nama.example wrapped.example both.example
turning.example six.example zero.example cloud.example
""".split()
WRITTEN = """
%31%32%37.0.0.1 127%2e0%2e0%2e1 127.0.0.1%2e %6c%6f%63%61%6c%68%6f%73%74 localhost%2e %5b::1%5d
127.0.0.1%00 127.0.0.1%20 127.0.0.1%09 127.0.0.1%0d%0a %00127.0.0.1
127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.0.0.1 １２７．０．０．１ ①②⑦.⓪.⓪.① 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ²130706433
０x7f000001 ⓛocalhost ｌｏｃａｌｈｏｓｔ ˡocalhost locaⅼhost localhost。
loc\u200balhost 127.0.0.1\u200b 127.0.0.1\u00ad
""".split()
NAMES = {
    "inside.example": "127.0.0.1",
    "127.0.0.1.nama.example": "127.0.0.1",
    "localhost.localdomain": "127.0.0.1",
    "wrapped.example": "::ffff:127.0.0.1",
    "six.example": "::1",
    "zero.example": "0.0.0.0",
    "cloud.example": "169.254.169.254",
    "both.example": "192.0.2.1,127.0.0.1",
    "turning.example": "192.0.2.1 127.0.0.1",
    "metadata.google.internal": "169.254.169.254",
}
"""What a name service of an attacker answers: `,` at once, a space one lookup after the other."""


def around(plain: str) -> list[str]:
    """Whole addresses that hide where they lead."""
    return [
        f"https://{plain}/",
        f"HTTP://{plain}/",
        f"http://user@{plain}/",
        f"http://user:pass@{plain}/",
        f"http://:@{plain}/",
        f"http://kabar.example@{plain}/",
        f"http://kabar.example:80@{plain}/",
        f"http://kabar.example%40{plain}/",
        f"http://kabar.example%2f@{plain}/",
        f"http://kabar.example#@{plain}/",
        f"http://kabar.example?@{plain}/",
        f"http://kabar.example;@{plain}/",
        f"http://a@b@{plain}/",
        f"http://{plain}#@kabar.example/",
        f"http://{plain}\\@kabar.example/",
        f"http://{plain}?@kabar.example/",
        f"http://{plain}%23@kabar.example/",
        f"http://kabar.example\\@{plain}/",
        f"http:\\\\{plain}/",
        f"http:/\\{plain}/",
        f"http:/{plain}/",
        f"http:{plain}/",
        f"http:///{plain}/",
        f"http:////{plain}/",
        f"//{plain}/",
        f"///{plain}/",
        f"\\\\{plain}\\",
        f" http://{plain}/",
        f"\u00a0http://{plain}/",
        f"http://\t{plain}/",
        f"ht\ntp://{plain}/",
        f"http://{plain}\r\nHost: kabar.example/",
        f"http://{plain} kabar.example/",
        f"url:http://{plain}/",
        f"ftp://{plain}/",
        f"sftp://{plain}/",
        f"gopher://{plain}/_GET",
        f"file://{plain}/etc/passwd",
        "file:///etc/passwd",
        f"dict://{plain}/",
        f"ldap://{plain}/",
        f"ws://{plain}/",
        f"tftp://{plain}/",
        f"data:text/html,http://{plain}/",
        f"s3://{plain}/",
        f"jar:http://{plain}!/",
        f"view-source:http://{plain}/",
        f"feed:http://{plain}/",
        f"javascript:fetch('http://{plain}')",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/latest/meta-data/",
        "http://168.63.129.16/",
        "http://metadata.google.internal/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
    ]


def tricks(port: int) -> list[str]:
    """All of them, against a server on that port."""
    hosts = [*NUMERIC, *SIX, *NAMED, *WRITTEN]
    urls = [f"http://{host}:{port}/" for host in hosts]
    return list(dict.fromkeys([*urls, *around(f"127.0.0.1:{port}")]))
