-- An override names a person, tenant, role or group, and gives a version or another channel of the module.
alter table channel_override add column kind varchar(8) default 'group' not null;
alter table channel_override rename column group_name to name;
alter table channel_override alter column name set data type varchar(255);
alter table channel_override alter column version drop not null;
alter table channel_override add column target varchar(32);
alter table channel_override add constraint channel_override_gives
	check ((version is null and target is not null) or (version is not null and target is null));

-- Changes of a channel with a start, an end or both. Times as people wrote them stand beside the instants that count.
create table channel_plan (
	id varchar(36) primary key,
	module varchar(48) not null references module (name),
	channel varchar(32) not null,
	team varchar(48) not null,
	-- planned, running, done, failed or cancelled
	state varchar(16) not null,
	wanted varchar not null,
	starts_at timestamp with time zone not null,
	starts_text varchar(40),
	ends_at timestamp with time zone,
	ends_text varchar(40),
	-- When something has to be done about it next; null when it is over.
	due_at timestamp with time zone,
	planned_at timestamp with time zone not null,
	actor varchar(255) not null,
	actor_kind varchar(16) not null,
	address varchar(64) not null,
	reason varchar(2000),
	-- The channel before the start, and as the start left it: the end puts back the one where it finds the other.
	channel_before varchar,
	channel_after varchar,
	finished_at timestamp with time zone,
	problem varchar(2000)
);

create index channel_plan_due on channel_plan (due_at);
create index channel_plan_module on channel_plan (module, planned_at);
