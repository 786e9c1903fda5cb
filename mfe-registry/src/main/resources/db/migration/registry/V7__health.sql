-- What browsers measured. Each node has a row of its own for a minute and writes it again as it grows; reading adds them up.
create table health_minute (
	module varchar(48) not null,
	version varchar(64) not null,
	counted_at timestamp with time zone not null,
	node varchar(36) not null,
	loads bigint not null,
	failures bigint not null,
	errors bigint not null,
	mount_millis varchar not null,
	lcp_millis varchar not null,
	inp_millis varchar not null,
	cls_thousandths varchar not null,
	primary key (module, version, counted_at, node)
);

create index health_minute_time on health_minute (counted_at);

create table health_error (
	module varchar(48) not null,
	version varchar(64) not null,
	fingerprint varchar(32) not null,
	browser varchar(16) not null,
	reason varchar(16) not null,
	message varchar(300) not null,
	stack varchar(2000),
	page varchar(64),
	last_id varchar(16),
	seen bigint not null,
	by_people bigint not null,
	first_at timestamp with time zone not null,
	last_at timestamp with time zone not null,
	primary key (module, version, fingerprint, browser)
);

create index health_error_time on health_error (last_at);

-- Rules of a module's guard as its team set them, and where it stands, both as JSON.
create table module_guard (
	module varchar(48) primary key references module (name),
	rules varchar not null,
	revision bigint not null,
	watch varchar not null
);

-- One row: which node looks after the guards, and until when.
create table guard_lease (
	id integer primary key check (id = 1),
	holder varchar(36) not null,
	held_until timestamp with time zone not null
);

insert into guard_lease (id, holder, held_until) values (1, 'nobody', timestamp with time zone '2000-01-01 00:00:00+00');
