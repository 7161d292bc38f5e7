-- Several processes: who does jobs, and lines of messages that wait for their readers.

-- A process that does jobs says every few seconds that it is there.
CREATE TABLE workers (
    worker     text PRIMARY KEY,
    host       text NOT NULL,
    slots      integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A topic has partitions; messages with one key are in one of them, in order. `head` is the position of the newest message. Whoever
-- appends holds this row until the commit, so positions become visible in their order and a reader never steps over one.
CREATE TABLE stream_partitions (
    topic     text NOT NULL,
    partition integer NOT NULL,
    head      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic, partition)
);
CREATE TABLE stream_messages (
    topic     text NOT NULL,
    partition integer NOT NULL,
    position  bigint NOT NULL,
    key       text NOT NULL,
    value     bytea NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, position)
);
CREATE INDEX stream_messages_at ON stream_messages (at);

-- How far a group of readers is. Whoever reads a partition holds its row until what was read is stored.
CREATE TABLE stream_groups (
    topic     text NOT NULL,
    reader    text NOT NULL,
    partition integer NOT NULL,
    position  bigint NOT NULL DEFAULT 0,
    read_at   timestamptz,
    PRIMARY KEY (topic, reader, partition)
);

-- What was taken from a stream outside, by its position there: a message that is given again is not stored again.
CREATE TABLE stream_taken (
    topic    text NOT NULL,
    position text NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, position)
);
CREATE INDEX stream_taken_at ON stream_taken (at);
