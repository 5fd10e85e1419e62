-- Which clients a piece of software is answerable for (quota), and what decides when a client expires. All null where
-- neither is configured.

alter table client add column counted_software varchar(600);
alter table client add column software_number  integer;
alter table client add column last_used_at     timestamp(6) with time zone;
alter table client add column expiring_since   timestamp(6) with time zone;
alter table client add column due_at           timestamp(6) with time zone;
