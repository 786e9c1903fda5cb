-- A single version that is switched off; without a reason it is on.
alter table module_version add column off_reason varchar(500);
alter table module_version add column off_by_administrator boolean default false not null;
