-- The chain over the audit trail. Row 0 is what the first seal follows and what nodes lock to take turns.
create table audit_seal (
    number       bigint                      not null,
    first_event  bigint                      not null,
    last_event   bigint                      not null,
    events       varchar                     not null,
    awaited      varchar                     not null,
    content      varchar(43)                 not null,
    fingerprints varchar                     not null,
    previous     varchar(43)                 not null,
    digest       varchar(43)                 not null,
    code         varchar(64)                 not null,
    sealed_at    timestamp(6) with time zone not null,
    pruned_at    timestamp(6) with time zone,
    pruned_code  varchar(64),
    constraint audit_seal_pk primary key (number)
);
create index audit_seal_sealed_at on audit_seal (sealed_at);
insert into audit_seal
    (number, first_event, last_event, events, awaited, content, fingerprints, previous, digest, code, sealed_at)
values (0, 0, 0, '', '', '', '', '', 'genesis', '', current_timestamp);

-- Both change the catalogue alone, however many events there are; nodes of the version before may go on inserting.
alter table audit_event add column outcome varchar(64) default 'success' not null;
alter table audit_event alter column client_id drop not null;
