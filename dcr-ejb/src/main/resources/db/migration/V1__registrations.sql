-- One dialect for H2 and PostgreSQL; ${json} is the type that each of them indexes and checks JSON in.

create table client (
    client_id                varchar(36)                 not null,
    metadata                 ${json}                     not null,
    software_statement       varchar,
    software_id              varchar(255),
    exclusive_software       varchar(600),
    registration_policy      ${json},
    registration_token_hash  varchar(43),
    client_secret            varchar(255),
    client_secret_expires_at timestamp(6) with time zone,
    issued_at                timestamp(6) with time zone not null,
    changed_at               timestamp(6) with time zone not null,
    version                  bigint                      not null,
    constraint client_pk primary key (client_id),
    constraint client_registration_token_unique unique (registration_token_hash),
    constraint client_exclusive_software_unique unique (exclusive_software)
);

create table request_jti (
    issuer     varchar(255)                not null,
    jti        varchar(255)                not null,
    expires_at timestamp(6) with time zone not null,
    constraint request_jti_pk primary key (issuer, jti)
);
create index request_jti_expires_at on request_jti (expires_at);

create table initial_access_token (
    token_hash varchar(43)                 not null,
    uses_left  integer                     not null,
    expires_at timestamp(6) with time zone not null,
    policy     ${json},
    issued_at  timestamp(6) with time zone not null,
    constraint initial_access_token_pk primary key (token_hash)
);
create index initial_access_token_expires_at on initial_access_token (expires_at);

create table audit_event (
    id              bigint generated always as identity,
    occurred_at     timestamp(6) with time zone not null,
    correlation_id  varchar(64)                 not null,
    source_address  varchar(64)                 not null,
    actor           varchar(64)                 not null,
    action          varchar(16)                 not null,
    client_id       varchar(36)                 not null,
    metadata_before ${json},
    metadata_after  ${json},
    constraint audit_event_pk primary key (id)
);
