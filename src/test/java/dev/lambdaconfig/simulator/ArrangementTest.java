package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The methods by which tests change a simulator directly, without a request. */
final class ArrangementTest {

  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final LambdaSimulator aws =
      LambdaSimulator.builder().clock(clock).accessKey("AKIDOTHER", "222222222222").start();
  private final HttpCaller http = new HttpCaller(aws.endpoint());

  @BeforeEach
  void arrange() {
    aws.createFunction(FunctionSeed.zip("f").with("MemorySize", 256));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void changeBehindTheBackIsAnUpdateThatNobodyLogged() {
    // Given
    String before = aws.function("f").path("RevisionId").asText();

    // When
    aws.changeBehindTheBack("f", "{\"MemorySize\":512}");

    // Then
    Reply reply = http.getConfiguration("f");
    assertThat(reply.body().path("MemorySize").asInt()).isEqualTo(512);
    assertThat(reply.body().path("LastUpdateStatus").asText()).isEqualTo("Successful");
    assertThat(reply.revision()).isNotEqualTo(before);
    assertThat(aws.requests().updates()).isEmpty();
  }

  @Test
  void changeBehindTheBackMayTakeItsTime() {
    // Given
    aws.home().beginChangeBehindTheBack("f", "{\"MemorySize\":512}");

    // When
    Reply during = http.update("f", "{\"Timeout\":5}");
    clock.advance(Duration.ofSeconds(1));
    Reply after = http.update("f", "{\"Timeout\":5}");

    // Then
    assertThat(during.status()).isEqualTo(409);
    assertThat(after.status()).isEqualTo(200);
  }

  @Test
  void touchMovesTheRevisionAlone() {
    // Given
    JsonNode before = http.getConfiguration("f").body();

    // When
    aws.touch("f");

    // Then
    JsonNode after = http.getConfiguration("f").body();
    assertThat(after.path("RevisionId")).isNotEqualTo(before.path("RevisionId"));
    assertThat(after.path("LastModified")).isEqualTo(before.path("LastModified"));
    assertThat(after.path("MemorySize")).isEqualTo(before.path("MemorySize"));
  }

  @Test
  void statesCanBeForcedEvenUnknownOnes() {
    // When
    aws.setState("f", "Hibernating", "it is winter", "Cold");
    aws.setLastUpdateStatus("f", null, null, null);

    // Then
    JsonNode forced = http.getFunction("f", "").body().path("Configuration");
    assertThat(forced.path("State").asText()).isEqualTo("Hibernating");
    assertThat(forced.path("StateReasonCode").asText()).isEqualTo("Cold");
    assertThat(forced.has("LastUpdateStatus")).isFalse();
  }

  @Test
  void forcedProgressDoesNotEndByTheClock() {
    // Given
    aws.setLastUpdateStatus("f", "InProgress", null, null);

    // When
    clock.advance(Duration.ofDays(1));

    // Then
    assertThat(http.update("f", "{\"Timeout\":5}").status()).isEqualTo(409);
  }

  @Test
  void anErrorMayStandInPlaceOfAValue() {
    // When
    aws.setMember(
        "f",
        "Environment",
        Map.of("Error", Map.of("ErrorCode", "AccessDeniedException", "Message", "no key")));

    // Then
    JsonNode environment = http.getConfiguration("f").body().path("Environment");
    assertThat(environment.at("/Error/ErrorCode").asText()).isEqualTo("AccessDeniedException");
    assertThat(environment.has("Variables")).isFalse();
  }

  @Test
  void endpointMayHideRevisionsAndStatuses() {
    // Given
    aws.dialect().omitsRevisionId(true).omitsLastUpdateStatus(true);

    // When
    Reply update = http.update("f", "{\"Timeout\":5,\"RevisionId\":\"ignored\"}");

    // Then
    assertThat(update.status()).isEqualTo(200);
    assertThat(update.body().has("RevisionId")).isFalse();
    assertThat(update.body().has("LastUpdateStatus")).isFalse();
    assertThat(http.list("").body().at("/Functions/0").has("RevisionId")).isFalse();
  }

  @Test
  void loggingMayBeMergedAndVpcIdsReordered() {
    // Given
    aws.dialect().mergesLoggingConfig(true).reversesVpcIds(true);
    aws.changeBehindTheBack("f", "{\"LoggingConfig\":{\"LogGroup\":\"/mine\"}}");

    // When
    JsonNode updated =
        http.update(
                "f",
                """
                {"LoggingConfig":{"LogFormat":"JSON"},
                 "VpcConfig":{"SubnetIds":["subnet-1","subnet-2"],"SecurityGroupIds":["sg-1"]}}
                """)
            .body();

    // Then
    assertThat(updated.at("/LoggingConfig/LogGroup").asText()).isEqualTo("/mine");
    assertThat(Json.texts(updated.at("/VpcConfig/SubnetIds")))
        .containsExactly("subnet-2", "subnet-1");
  }

  @Test
  void logNamesWhatTheServiceDoesNotKnow() {
    // When
    http.update("f", "{\"Timout\":5,\"VpcConfig\":{\"Subnets\":[]}}");

    // Then
    assertThat(aws.requests().updatesOf("f"))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.unknownMembers())
                    .containsExactlyInAnyOrder("Timout", "VpcConfig.Subnets"));
  }

  @Test
  void accountsAndRegionsAreApart() {
    // When
    aws.region("222222222222", "eu-west-1").createFunction(FunctionSeed.zip("g"));

    // Then
    assertThat(http.getConfiguration("g").status()).isEqualTo(404);
    assertThat(aws.home().exists("g")).isFalse();
    assertThat(aws.region("222222222222", "eu-west-1").exists("g")).isTrue();
  }

  @Test
  void personWithCurlCanPlay() {
    // When
    Reply created = http.call("POST", "/_simulator/functions/h", Json.parse("{\"Timeout\":7}"));
    Reply changed = http.call("POST", "/_simulator/functions/h", Json.parse("{\"Timeout\":8}"));
    http.call("POST", "/_simulator/faults", Json.parse("{\"function\":\"h\",\"status\":503}"));

    // Then
    assertThat(created.body().path("Timeout").asInt()).isEqualTo(7);
    assertThat(changed.body().path("Timeout").asInt()).isEqualTo(8);
    assertThat(http.getConfiguration("h").status()).isEqualTo(503);
    Reply log = http.call("GET", "/_simulator/requests", null);
    assertThat(log.body().at("/requests/0/httpStatus").asInt()).isEqualTo(503);
  }

  @Test
  void whoMeasuresFromOutsideCanCount() {
    // Given
    aws.createFunction(FunctionSeed.zip("g").with("Timeout", 30));
    aws.createFunction(FunctionSeed.zip("h").with("Timeout", 30));
    aws.faults().onReads().of("g").times(1).thenThrottle();
    aws.faults().onReads().of("g").times(1).thenThrottleAtTheFrontEnd();

    // When
    http.getConfiguration("g");
    http.getConfiguration("g");
    http.getConfiguration("g");
    http.getConfiguration("missing");

    // Then
    JsonNode counts = http.call("GET", "/_simulator/counts", null).body();
    assertThat(counts.at("/GetFunctionConfiguration/requests").asInt()).isEqualTo(4);
    assertThat(counts.at("/GetFunctionConfiguration/throttled").asInt()).isEqualTo(2);
    assertThat(counts.at("/GetFunctionConfiguration/failed").asInt()).isEqualTo(1);
    assertThat(counts.at("/GetFunctionConfiguration/first").asText())
        .isEqualTo(aws.requests().all().getFirst().at().toString());
    JsonNode timeouts = http.call("GET", "/_simulator/values/Timeout", null).body();
    assertThat(timeouts.path("30").asInt()).isEqualTo(2);
    http.call("DELETE", "/_simulator/requests", null);
    assertThat(http.call("GET", "/_simulator/counts", null).body()).isEmpty();
  }
}
