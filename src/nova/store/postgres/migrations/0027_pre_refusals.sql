-- People who agree to learning, but not to a purpose: datasets for that do without them.

CREATE TABLE seed_refusals (
    lookup     bytea NOT NULL,
    purpose    text NOT NULL,
    refused_at timestamptz NOT NULL,
    noted_by   text NOT NULL,
    PRIMARY KEY (lookup, purpose)
);

-- Whether all that a run made is for a purpose ("": for any).
CREATE FUNCTION seed_run_is_for(run uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT wanted = '' OR EXISTS (SELECT FROM seed_versions v WHERE v.run_id = run)
        AND NOT EXISTS (SELECT FROM seed_versions v WHERE v.run_id = run AND coalesce(v.manifest ->> 'purpose', '') <> wanted)
$$;
