package dev.pergola.registry;

import dev.pergola.registry.testing.OnH2;

@OnH2
class H2SweepIntegrationTests extends SweepContract {

}
