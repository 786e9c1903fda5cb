package dev.pergola.bff.runlog;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;

/** A script of {@link Scripts} that Redis is told once. */
enum Script {

	CLAIM(Scripts.CLAIM, ScriptOutputType.VALUE),

	DROP(Scripts.DROP, ScriptOutputType.INTEGER),

	APPEND(Scripts.APPEND, ScriptOutputType.INTEGER),

	RENEW(Scripts.RENEW, ScriptOutputType.INTEGER),

	TAKE(Scripts.TAKE, ScriptOutputType.INTEGER),

	FORGET(Scripts.FORGET, ScriptOutputType.INTEGER),

	NOTE(Scripts.NOTE, ScriptOutputType.INTEGER);

	private final String text;

	private final ScriptOutputType type;

	Script(String text, ScriptOutputType type) {
		this.text = text;
		this.type = type;
	}

	/** Runs it; a Redis that does not know it yet is told. */
	<T> CompletableFuture<T> run(RedisAsyncCommands<String, String> commands, List<String> keys, List<String> values) {
		String[] keyArray = keys.toArray(String[]::new);
		String[] valueArray = values.toArray(String[]::new);
		return commands.<T>evalsha(commands.digest(this.text), this.type, keyArray, valueArray)
			.toCompletableFuture()
			.exceptionallyCompose((ex) -> isUnknown(ex)
					? commands.<T>eval(this.text, this.type, keyArray, valueArray).toCompletableFuture()
					: CompletableFuture.failedFuture(ex));
	}

	private static boolean isUnknown(Throwable ex) {
		return ex instanceof RedisNoScriptException
				|| (ex instanceof CompletionException && ex.getCause() instanceof RedisNoScriptException);
	}

}
