package dev.lambdaconfig.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;

/**
 * The environment of the demo: Kubernetes, the simulated AWS, a watch of the resources, the screen.
 */
record DemoEnvironment(
    DemoCluster cluster, LambdaSimulator aws, ResourceWatch watch, Screen screen) {

  /** The UpdateFunctionConfiguration requests that the simulator has seen so far. */
  List<LoggedRequest> updates(String function) {
    return aws.requests().updatesOf(function);
  }

  JsonNode function(String name) {
    return DemoFunctions.home(aws, name).function(name);
  }
}
