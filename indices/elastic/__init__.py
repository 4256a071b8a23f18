"""The record on an Elasticsearch server or cluster, for offices that outgrow one file."""
