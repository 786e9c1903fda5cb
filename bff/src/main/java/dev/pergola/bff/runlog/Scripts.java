package dev.pergola.bff.runlog;

/**
 * What Redis does in one step. A run is a hash (its record) and a stream (its events);
 * {@code going} is a hash of the runs that are, by their node; {@code threads} a hash of
 * one person's threads that wait, by the run whose questions are open.
 */
final class Scripts {

	/**
	 * Registers a run. KEYS: record, the person's runs, threads, going. ARGV: digest,
	 * now, time to live, thread, run known to wait, node, oldest of the person's runs
	 * that counts, fields and values. Answers what {@link Claim} says.
	 */
	static final String CLAIM = """
			if redis.call('EXISTS', KEYS[1]) == 1 then return 'EXISTS' end
			local waiting = redis.call('HGET', KEYS[3], ARGV[4]) or ''
			if waiting ~= ARGV[5] then return 'MOVED' end
			redis.call('HDEL', KEYS[3], ARGV[4])
			redis.call('HSET', KEYS[1], unpack(ARGV, 8))
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[7])
			redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
			redis.call('PEXPIRE', KEYS[2], ARGV[3])
			redis.call('HSET', KEYS[4], ARGV[1], ARGV[6])
			return 'GRANTED'
			""";

	/**
	 * Forgets that a thread waits for a run whose record is gone: nobody could answer it,
	 * and no other run would be let in. KEYS: record, threads. ARGV: thread, the run.
	 * Answers whether it did.
	 */
	static final String DROP = """
			if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
			if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
			return redis.call('HDEL', KEYS[2], ARGV[1])
			""";

	/**
	 * Adds events. KEYS: record, events, threads, going. ARGV: epoch, digest, length,
	 * time to live, whether the run is over with them, thread, run that waits in the
	 * thread then, number of fields and values, these, then epoch, sequence and data of
	 * each event. Answers the sequence of the newest event, -1 when another writes the
	 * run, -2 when it is not known. An end that is sent again asks nothing again: that
	 * may be answered by now.
	 */
	static final String APPEND = """
			local epoch = redis.call('HGET', KEYS[1], 'epoch')
			if not epoch then return -2 end
			if epoch ~= ARGV[1] then return -1 end
			local head = tonumber(redis.call('HGET', KEYS[1], 'head'))
			local known = redis.call('HEXISTS', KEYS[1], 'ended')
			local first = 9 + tonumber(ARGV[8])
			for i = first, #ARGV, 3 do
			  local sequence = tonumber(ARGV[i + 1])
			  if sequence > head + 1 then return head end
			  if sequence == head + 1 then
			    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], ARGV[i] .. '-' .. ARGV[i + 1], 'd', ARGV[i + 2])
			    head = sequence
			  end
			end
			redis.call('HSET', KEYS[1], 'head', head, unpack(ARGV, 9, first - 1))
			redis.call('PEXPIRE', KEYS[1], ARGV[4])
			redis.call('PEXPIRE', KEYS[2], ARGV[4])
			if ARGV[5] == '1' then
			  redis.call('HDEL', KEYS[4], ARGV[2])
			  if ARGV[7] ~= '' and known == 0 then
			    redis.call('HSETNX', KEYS[3], ARGV[6], ARGV[7])
			    redis.call('PEXPIRE', KEYS[3], ARGV[4])
			  end
			end
			return head
			""";

	/**
	 * Makes a run that Redis has forgotten, or whose events are cut, ready to be written
	 * from its first event on. KEYS: record, events, the person's runs, going. ARGV:
	 * epoch, digest, now, time to live, node, fields and values. Answers whether it may
	 * be.
	 */
	static final String RENEW = """
			local epoch = redis.call('HGET', KEYS[1], 'epoch')
			if epoch and epoch ~= ARGV[1] then return 0 end
			redis.call('DEL', KEYS[2])
			redis.call('HSET', KEYS[1], unpack(ARGV, 6))
			redis.call('HSET', KEYS[1], 'head', '0')
			redis.call('PEXPIRE', KEYS[1], ARGV[4])
			redis.call('ZADD', KEYS[3], ARGV[3], ARGV[2])
			redis.call('PEXPIRE', KEYS[3], ARGV[4])
			redis.call('HSET', KEYS[4], ARGV[2], ARGV[5])
			return 1
			""";

	/**
	 * Makes another node the writer of a run whose node is gone. KEYS: record, going, the
	 * old node. ARGV: digest, old node, new node, new epoch. Answers the epoch, 0 when
	 * there is nothing to take.
	 */
	static final String TAKE = """
			if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
			local run = redis.call('HMGET', KEYS[1], 'node', 'epoch', 'epochs', 'ended')
			if not run[1] or run[4] then
			  redis.call('HDEL', KEYS[2], ARGV[1])
			  return 0
			end
			if run[1] ~= ARGV[2] then return 0 end
			local epoch = string.format('%.0f', math.max(tonumber(ARGV[4]), tonumber(run[2]) + 1))
			redis.call('HSET', KEYS[1], 'node', ARGV[3], 'epoch', epoch, 'epochs', run[3] .. ' ' .. epoch)
			redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
			return tonumber(epoch)
			""";

	/**
	 * Forgets a run whose end nobody can write any more. KEYS: record, events, the
	 * person's runs, going. ARGV: epoch, digest. Answers whether it was the caller's.
	 */
	static final String FORGET = """
			local epoch = redis.call('HGET', KEYS[1], 'epoch')
			if epoch and epoch ~= ARGV[1] then return 0 end
			redis.call('DEL', KEYS[1], KEYS[2])
			redis.call('ZREM', KEYS[3], ARGV[2])
			redis.call('HDEL', KEYS[4], ARGV[2])
			return 1
			""";

	/**
	 * Leaves a note for the writer of a run. KEYS: record. ARGV: prefix of inboxes, note,
	 * time to live, whether it is to stop. Answers whether there is a run. One that is
	 * over and is to stop asks nothing any more.
	 */
	static final String NOTE = """
			local node = redis.call('HGET', KEYS[1], 'node')
			if not node then return 0 end
			if ARGV[4] == '1' then redis.call('HSET', KEYS[1], 'cancelling', '1') end
			redis.call('RPUSH', ARGV[1] .. node, ARGV[2])
			redis.call('PEXPIRE', ARGV[1] .. node, ARGV[3])
			return 1
			""";

	private Scripts() {
	}

}
