package dev.pergola.registry;

import dev.pergola.registry.testing.OnPostgres;

@OnPostgres
class PostgresSweepIntegrationTests extends SweepContract {

}
