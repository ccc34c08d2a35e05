package dev.lambdaconfig.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The manifests of the fleet, as JSON. */
final class Manifest {

  private Manifest() {}

  /** The manifest of one resource. */
  static String of(String name, String function, int timeout) {
    return """
    {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
     "metadata": {"name": "%s"},
     "spec": {"functionName": "%s", "runtime": "python3.13", "handler": "app.handler",
       "timeout": %d, "memorySize": 128, "environment": {"variables": {%s}}}}
    """
        .formatted(
            name,
            function,
            timeout,
            IntStream.range(0, SimulatorProcess.VARIABLES)
                .mapToObj(
                    number -> "\"VARIABLE_%1$d\": \"value-of-variable-%1$d\"".formatted(number))
                .collect(Collectors.joining(", ")));
  }

  /** A change of one field, as a merge patch. */
  static String timeout(int timeout) {
    return "{\"spec\": {\"timeout\": " + timeout + "}}";
  }
}
