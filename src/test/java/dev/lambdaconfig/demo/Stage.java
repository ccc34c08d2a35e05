package dev.lambdaconfig.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;

/** Where the story plays: Kubernetes, AWS, those who watch, and the screen. */
record Stage(DemoCluster cluster, LambdaSimulator aws, Sightings sightings, Screen screen) {

  /** The UpdateFunctionConfiguration requests that the simulator has seen so far. */
  List<LoggedRequest> updates(String function) {
    return aws.requests().updatesOf(function);
  }

  JsonNode function(String name) {
    return aws.function(name);
  }
}
