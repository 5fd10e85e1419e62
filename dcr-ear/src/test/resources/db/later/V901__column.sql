alter table client add column later varchar(10);
alter table client add column later_still integer default 1 not null;
