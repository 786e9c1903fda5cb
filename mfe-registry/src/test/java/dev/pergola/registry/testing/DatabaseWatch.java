package dev.pergola.registry.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

/**
 * Stands between a registry and its pool: knows what was sent to the database while the
 * revision was locked, and calls back after a statement.
 */
public final class DatabaseWatch implements UnaryOperator<DataSource> {

	private static final String LOCK = "from catalog_revision where id = 1 for update";

	private final List<Hook> hooks = new CopyOnWriteArrayList<>();

	private volatile List<String> locked = List.of();

	@Override
	public DataSource apply(DataSource pool) {
		return proxy(DataSource.class, pool, (method, result, arguments) -> (result instanceof Connection connection)
				? new Watched(connection).proxy() : result);
	}

	/**
	 * Round trips of the last transaction that locked the revision.
	 * @return what was sent, the lock first; without the commit
	 */
	public List<String> locked() {
		return this.locked;
	}

	/**
	 * Calls back each time a statement was run, on the thread that ran it.
	 * @param part of the statement's text
	 */
	public void after(String part, Runnable hook) {
		this.hooks.add(new Hook(part, hook));
	}

	/** Calls nobody back any more. */
	public void clear() {
		this.hooks.clear();
	}

	@SuppressWarnings("unchecked")
	private static <T> T proxy(Class<T> type, T target, Answer answer) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			try {
				return answer.of(method, method.invoke(target, arguments), arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		};
		return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler);
	}

	/** A connection, and what it sent since it locked the revision. */
	private final class Watched {

		private final Connection connection;

		private final List<String> sent = new ArrayList<>();

		private boolean locks;

		Watched(Connection connection) {
			this.connection = connection;
		}

		Connection proxy() {
			return DatabaseWatch.proxy(Connection.class, this.connection, (method, result, arguments) -> {
				if (result instanceof PreparedStatement statement) {
					return statement(statement, (String) arguments[0]);
				}
				if (this.locks && List.of("commit", "rollback").contains(method.getName())) {
					DatabaseWatch.this.locked = List.copyOf(this.sent);
					this.locks = false;
					this.sent.clear();
				}
				return result;
			});
		}

		private PreparedStatement statement(PreparedStatement statement, String sql) {
			return DatabaseWatch.proxy(PreparedStatement.class, statement, (method, result, arguments) -> {
				if (method.getName().startsWith("execute")) {
					ran(sql);
				}
				return result;
			});
		}

		private void ran(String sql) {
			this.locks |= sql.contains(LOCK);
			if (this.locks) {
				this.sent.add(sql);
			}
			DatabaseWatch.this.hooks.stream().filter((hook) -> sql.contains(hook.part())).forEach((hook) -> hook.run());
		}

	}

	/** What a call of the real object comes back with. */
	@FunctionalInterface
	private interface Answer {

		Object of(Method method, Object result, Object[] arguments);

	}

	private record Hook(String part, Runnable action) {

		void run() {
			this.action.run();
		}

	}

}
