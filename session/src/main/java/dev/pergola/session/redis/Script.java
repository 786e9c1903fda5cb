package dev.pergola.session.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script Redis runs in one step.
 *
 * @param text Lua; the result is an integer
 * @param hash SHA-1 of the text, which Redis knows it by
 */
record Script(String text, String hash) {

	/** A new session: document, now, end, time to live, name; then keys of its index. */
	static final Script CREATE = of("""
			if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
			local index = {}
			for i = 2, #KEYS do
			  index[#index + 1] = KEYS[i]
			  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ARGV[2])
			  redis.call('ZADD', KEYS[i], ARGV[3], ARGV[5])
			  redis.call('PEXPIRE', KEYS[i], ARGV[3] - ARGV[2])
			end
			redis.call('HSET', KEYS[1], 'd', ARGV[1], 'v', 1, 'a', ARGV[2], 'x', ARGV[3], 'i', table.concat(index, ' '))
			redis.call('PEXPIRE', KEYS[1], ARGV[4])
			return 1
			""");

	/**
	 * A session that has changed: version that was read, document, channel, message, to
	 * which the new version is added. That version; 0 when it has another version, -1
	 * when it is over.
	 */
	static final Script UPDATE = of("""
			local version = redis.call('HGET', KEYS[1], 'v')
			if not version then return -1 end
			if version ~= ARGV[1] then return 0 end
			redis.call('HSET', KEYS[1], 'd', ARGV[2])
			local next = redis.call('HINCRBY', KEYS[1], 'v', 1)
			redis.call('PUBLISH', ARGV[3], ARGV[4] .. next)
			return next
			""");

	/** A session that was used: now, time it may be idle. */
	static final Script USE = of("""
			local over = redis.call('HGET', KEYS[1], 'x')
			if not over then return 0 end
			redis.call('HSET', KEYS[1], 'a', ARGV[1])
			return redis.call('PEXPIRE', KEYS[1], math.max(1, math.min(ARGV[2], over - ARGV[1])))
			""");

	/** A session that ends: name, channel, message. */
	static final Script REMOVE = of("""
			local index = redis.call('HGET', KEYS[1], 'i')
			if not index then return 0 end
			for key in string.gmatch(index, '%S+') do redis.call('ZREM', key, ARGV[1]) end
			redis.call('DEL', KEYS[1])
			redis.call('PUBLISH', ARGV[2], ARGV[3])
			return 1
			""");

	/** A lock its holder still needs: holder, time to live. */
	static final Script EXTEND = of("""
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			return redis.call('PEXPIRE', KEYS[1], ARGV[2])
			""");

	/** A lock its holder needs no more: holder, channel, message. */
	static final Script RELEASE = of("""
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			redis.call('DEL', KEYS[1])
			return redis.call('PUBLISH', ARGV[2], ARGV[3])
			""");

	/**
	 * A sign-in that begins: document, time to live, now, end, how many for a browser,
	 * how many for an address, how many in all. Keys: it, those of the browser, those of
	 * the address, all. The oldest make room.
	 */
	static final Script BEGIN = of("""
			for i = 2, 4 do
			  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ARGV[3])
			  local spare = redis.call('ZCARD', KEYS[i]) - ARGV[3 + i] + 1
			  if spare > 0 then
			    local oldest = redis.call('ZPOPMIN', KEYS[i], spare)
			    for j = 1, #oldest, 2 do
			      redis.call('DEL', oldest[j])
			      redis.call('ZREM', KEYS[4], oldest[j])
			    end
			  end
			  redis.call('ZADD', KEYS[i], ARGV[4], KEYS[1])
			  redis.call('PEXPIRE', KEYS[i], ARGV[2])
			end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return 1
			""");

	private static Script of(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
			return new Script(text, HexFormat.of().formatHex(hash));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
