package dev.lambdaconfig.simulator;

import java.time.Duration;
import java.time.InstantSource;

/** All that a function's behaviour depends on besides its configuration. */
record FunctionContext(
    AccountRegion accountRegion,
    String functionName,
    ExternalResources externalResources,
    Dialect dialect,
    InstantSource clock,
    Duration updateTime) {}
