-- Who may sign in. A person without an account cannot.
create table account (
  person_id uuid primary key,
  name text not null,
  -- argon2id, with its parameters.
  password_hash text not null,
  -- Shown on the sign-in screen of a sample desk only.
  sample_password text,
  created_at bigint not null
);
create unique index account_name on account (lower(name));

-- One row per refresh token ever issued and not yet expired. A family is one sign-in on one console; using a spent token ends it.
create table refresh_token (
  token_hash bytea primary key,
  family uuid not null,
  person_id uuid not null,
  issued_at bigint not null,
  expires_at bigint not null,
  spent_at bigint,
  -- The token it was exchanged for. While that one is unused, a repeated exchange means that its answer was lost on the way.
  successor_hash bytea
);
create index refresh_token_family on refresh_token (family);
create index refresh_token_person on refresh_token (person_id);
create index refresh_token_expiry on refresh_token (expires_at);

-- Keys of the desk itself, shared by its server nodes.
create table secret (
  name text primary key,
  value text not null
);

-- What people did beside their commands. Each line's hash covers the line before it.
create table audit (
  id bigint generated always as identity primary key,
  at bigint not null,
  actor_id text,
  action text not null,
  detail jsonb not null,
  hash bytea not null
);
