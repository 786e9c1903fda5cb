package dev.pergola.registry;

import dev.pergola.registry.testing.OnPostgres;

@OnPostgres
class PostgresReservedNamesIntegrationTests extends ReservedNamesContract {

}
