package dev.pergola.registry;

import dev.pergola.registry.testing.OnPostgres;

@OnPostgres
class PostgresWatchIntegrationTests extends WatchContract {

}
