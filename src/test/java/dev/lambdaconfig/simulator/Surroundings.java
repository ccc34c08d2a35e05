package dev.lambdaconfig.simulator;

import java.time.Duration;
import java.time.InstantSource;

/** What a function's behaviour depends on besides its configuration. */
record Surroundings(
    Place place,
    String functionName,
    World world,
    Dialect dialect,
    InstantSource clock,
    Duration updateTime) {}
