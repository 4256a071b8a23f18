-- Times are microseconds since 1970 in UTC. A `body` is the whole document as JSON; the other
-- columns only repeat what is searched, so that a document gains a field without a migration.
-- Bodies of posts and assessments lie apart, so that reading the columns of all posts stays small.

CREATE TABLE posts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: readers keep rows by number
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    platform TEXT NOT NULL,
    language TEXT NOT NULL,
    region TEXT NOT NULL,
    collected INTEGER NOT NULL,
    published INTEGER,
    text_hash TEXT NOT NULL,
    term_count INTEGER NOT NULL,
    places TEXT NOT NULL DEFAULT ''  -- codes, each on a line of its own
) STRICT;
CREATE INDEX posts_collected ON posts (collected, number);

CREATE TABLE post_bodies (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE assessments (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    model TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    probability REAL NOT NULL,
    flagged INTEGER NOT NULL,
    topic TEXT NOT NULL
) STRICT;

CREATE TABLE assessment_bodies (
    number INTEGER PRIMARY KEY REFERENCES assessments ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE vectors (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    vector BLOB NOT NULL  -- float32, little-endian, unit length
) STRICT;

CREATE TABLE reviews (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    case_id TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- text_hash tells which words were compared; keys are 64-bit numbers, little-endian.
CREATE TABLE copies (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    text_hash TEXT NOT NULL,
    group_id TEXT NOT NULL,
    like_id TEXT NOT NULL,
    similarity REAL NOT NULL,
    keys BLOB NOT NULL,
    sketch BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE INDEX copies_group ON copies (group_id, number);

-- Rows go with their copy by hand: a foreign key would need an index as large as this table.
CREATE TABLE copy_keys (
    key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
    number INTEGER PRIMARY KEY REFERENCES posts ON DELETE CASCADE,
    text_hash TEXT NOT NULL,
    group_id TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX group_members_group ON group_members (group_id, number);

CREATE TABLE group_rulings (
    id TEXT PRIMARY KEY,
    ruled INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE group_changes (
    id TEXT PRIMARY KEY,
    changed INTEGER NOT NULL,
    from_group TEXT NOT NULL,
    to_group TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX group_changes_from ON group_changes (from_group);
CREATE INDEX group_changes_to ON group_changes (to_group);

-- The last change of every post, and of every post that is gone: what readers catch up by.
CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    change INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_change ON changes (change);

-- Terms come analysed from indices.text, parted by spaces; positions are not needed.
CREATE VIRTUAL TABLE post_words USING fts5(
    title, text, tokenize = 'ascii', detail = column, columnsize = 0
);
CREATE VIRTUAL TABLE post_terms USING fts5vocab(post_words, row);

CREATE TABLE fact_checks (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE fact_check_words USING fts5(terms, tokenize = 'ascii');

CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    enabled INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE crawl_runs (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL,
    started INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX crawl_runs_started ON crawl_runs (started, id);

CREATE TABLE crawl_states (
    source_id TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
