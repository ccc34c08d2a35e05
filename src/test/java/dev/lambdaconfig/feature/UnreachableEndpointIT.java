package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The endpoint of AWS is unreachable, fails for a while, or hangs for one function. */
final class UnreachableEndpointIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void anUnreachableEndpointIsReportedInWordsThatHelp() throws Exception {
    // Given: a port that no process gets by chance
    URI nobody = URI.create("http://127.0.0.1:1");
    operator.start(setup -> setup.withAwsEndpoint(nobody));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "EndpointUnreachable");
    assertThat(resources.condition("orders", "Reconciling")).isTrue();
    assertThat(resources.condition("orders", "Ready")).hasMessageContaining("AWS_ENDPOINT_URL");
  }

  @Test
  void anOutageOfAwsPassesWithoutHarm() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onAnything()
        .times(2)
        .thenAnswer(503, "ServiceException", "Service is unavailable");
    operator.start();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void oneFunctionThatHangsDelaysNoOther() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("slow"));
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onReads().of("slow").always().thenHang();
    operator.start();

    // When
    resources.apply("slow", "functionName: slow\ntimeout: 30");
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().readsOf("slow")).isNotEmpty();
  }

  @Test
  void probesAndMetricsAreServed() throws Exception {
    // When
    operator.start();

    // Then
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).contains("jvm_memory_used_bytes");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
