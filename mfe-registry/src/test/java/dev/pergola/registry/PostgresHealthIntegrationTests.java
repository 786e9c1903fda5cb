package dev.pergola.registry;

import dev.pergola.registry.testing.OnPostgres;

@OnPostgres
class PostgresHealthIntegrationTests extends HealthContract {

}
