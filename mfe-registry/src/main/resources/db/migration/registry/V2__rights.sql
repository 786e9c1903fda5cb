-- A team has a row once an administrator or one of its people wrote something about it.
create table team (
	name varchar(48) primary key,
	contact varchar(255),
	revision bigint not null,
	created_at timestamp with time zone not null
);

create table team_host (
	team varchar(48) not null references team (name),
	place integer not null,
	host varchar(255) not null,
	primary key (team, place)
);

create table team_member (
	team varchar(48) not null references team (name),
	subject varchar(200) not null,
	added_at timestamp with time zone not null,
	added_by varchar(255) not null,
	primary key (team, subject)
);

create index team_member_subject on team_member (subject);

-- Names that start with a prefix are for its team only.
create table team_reservation (
	kind varchar(16) not null,
	prefix varchar(255) not null,
	team varchar(48) not null references team (name),
	primary key (kind, prefix)
);

-- Identities of CI systems that may publish for a team; claims is a JSON object.
create table team_publisher (
	id varchar(36) primary key,
	team varchar(48) not null references team (name),
	name varchar(128) not null,
	issuer varchar(512) not null,
	audience varchar(255),
	subject varchar(512) not null,
	claims varchar not null,
	created_at timestamp with time zone not null,
	created_by varchar(255) not null
);

create index team_publisher_issuer on team_publisher (issuer);

create index team_publisher_team on team_publisher (team);

create index audit_entry_actor on audit_entry (actor, id);

create index audit_entry_written_at on audit_entry (written_at, id);
