package dev.pergola.registry;

import dev.pergola.registry.testing.OnPostgres;

@OnPostgres
class PostgresHistoryIntegrationTests extends HistoryContract {

}
