package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultsTest {

  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final LambdaSimulator aws = LambdaSimulator.builder().clock(clock).start();
  private final HttpCaller http = new HttpCaller(aws.endpoint());

  @BeforeEach
  void arrange() {
    aws.createFunction(FunctionSeed.zip("f"));
    aws.createFunction(FunctionSeed.zip("g"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private void settle() {
    clock.advance(Duration.ofSeconds(1));
  }

  @Test
  void hitOnlyTheFunctionAndOperationNamedAndOnlySoOften() {
    // Given
    FaultRule rule =
        aws.faults().onUpdates().of("f").times(2).thenAnswer(503, "ServiceException", "x");

    // When
    List<Integer> statuses =
        List.of(
            http.getConfiguration("f").status(),
            http.update("g", "{}").status(),
            http.update("f", "{}").status(),
            http.update("f", "{}").status(),
            http.update("f", "{}").status());

    // Then
    assertThat(statuses).containsExactly(200, 200, 503, 503, 200);
    assertThat(rule.hits()).isEqualTo(2);
  }

  @Test
  void comeInTheOrderInWhichTheyWereMade() {
    // Given
    aws.faults().onAnything().thenThrottle();
    aws.faults().onAnything().thenThrottleAtTheFrontEnd();

    // When
    Reply first = http.getConfiguration("f");
    Reply second = http.getConfiguration("f");

    // Then
    assertThat(first.status()).isEqualTo(429);
    assertThat(first.errorCode()).isEqualTo("TooManyRequestsException");
    assertThat(first.body().path("Reason").asText()).isEqualTo("CallerRateLimitExceeded");
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.errorCode()).isEqualTo("ThrottlingException");
    assertThat(second.message()).isEqualTo("Rate exceeded");
  }

  @Test
  void cutBeforeApplyingLeavesTheFunctionAsItWas() {
    // Given
    aws.faults().onUpdates().thenCutBeforeApplying();

    // When
    assertThatThrownBy(() -> http.update("f", "{\"Timeout\":50}"))
        .isInstanceOf(UncheckedIOException.class);

    // Then
    assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(3);
    assertThat(aws.requests().updates())
        .singleElement()
        .matches(request -> request.httpStatus() == 0 && !request.applied());
  }

  @Test
  void cutAfterApplyingChangesTheFunctionWithoutAnAnswer() {
    // Given
    aws.faults().onUpdates().thenCutAfterApplying();

    // When
    assertThatThrownBy(() -> http.update("f", "{\"Timeout\":50}"))
        .isInstanceOf(UncheckedIOException.class);

    // Then
    assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(50);
    assertThat(aws.requests().updates())
        .singleElement()
        .matches(request -> request.httpStatus() == 0 && request.applied());
  }

  @Test
  void hangingRequestEndsWithoutAnAnswerWhenReleased() {
    // Given
    aws.faults().onUpdates().thenHang();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Reply> hanging =
          CompletableFuture.supplyAsync(() -> http.update("f", "{\"Timeout\":50}"), executor);
      Awaitility.await().until(() -> aws.requests().updates().size() == 1);
      assertThat(hanging).isNotDone();

      // When
      aws.faults().release();

      // Then
      Awaitility.await().until(hanging::isDone);
      assertThat(hanging).isCompletedExceptionally();
      assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(3);
    }
  }

  @Test
  void droppedMembersAreAcceptedAndForgotten() {
    // Given
    aws.faults().onUpdates().thenDropMembers("Timeout", "TracingConfig.Mode");

    // When
    Reply reply =
        http.update(
            "f", "{\"Timeout\":50,\"MemorySize\":200,\"TracingConfig\":{\"Mode\":\"Active\"}}");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("MemorySize").asInt()).isEqualTo(200);
    assertThat(reply.body().path("Timeout").asInt()).isEqualTo(3);
    assertThat(reply.body().at("/TracingConfig/Mode").asText()).isEqualTo("PassThrough");
  }

  @Test
  void updateFailsAfterItWasAccepted() {
    // Given
    aws.faults().onUpdates().thenFailUpdate("no addresses left", "SubnetOutOfIPAddresses");

    // When
    Reply accepted = http.update("f", "{\"Timeout\":50}");
    settle();

    // Then
    assertThat(accepted.body().path("LastUpdateStatus").asText()).isEqualTo("InProgress");
    assertThat(aws.function("f").path("LastUpdateStatus").asText()).isEqualTo("Failed");
    assertThat(aws.function("f").path("LastUpdateStatusReasonCode").asText())
        .isEqualTo("SubnetOutOfIPAddresses");
    assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(50);
    assertThat(aws.function("f").path("RevisionId").asText()).isNotEqualTo(accepted.revision());
  }

  @Test
  void failedUpdateMayShowTheValuesOfBefore() {
    // Given
    aws.faults().onUpdates().thenFailUpdateAndRestore("broken", "InternalError");

    // When
    http.update("f", "{\"Timeout\":50}");
    settle();

    // Then
    assertThat(aws.function("f").path("LastUpdateStatus").asText()).isEqualTo("Failed");
    assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(3);
  }

  @Test
  void heldUpdateEndsOnlyWhenSettled() {
    // Given
    aws.faults().onUpdates().thenHoldUpdate();
    http.update("f", "{\"Timeout\":50}");
    clock.advance(Duration.ofDays(1));
    assertThat(http.update("f", "{}").status()).isEqualTo(409);

    // When
    aws.settle("f");

    // Then
    assertThat(aws.function("f").path("LastUpdateStatus").asText()).isEqualTo("Successful");
  }

  @Test
  void updateMaySettleInItsAnswer() {
    // Given
    aws.faults().onUpdates().thenSettleAtOnce();

    // When
    Reply reply = http.update("f", "{\"Timeout\":50}");

    // Then
    assertThat(reply.body().path("LastUpdateStatus").asText()).isEqualTo("Successful");
  }

  @Test
  void somebodyElseMayBeFasterWithTheSameRevision() {
    // Given
    String revision = aws.function("f").path("RevisionId").asText();
    aws.faults()
        .onUpdates()
        .thenMeanwhile(() -> aws.changeBehindTheBack("f", "{\"MemorySize\":512}"));

    // When
    Reply reply = http.update("f", Json.object("RevisionId", revision).put("Timeout", 50));

    // Then
    assertThat(reply.status()).isEqualTo(412);
    assertThat(aws.function("f").path("Timeout").asInt()).isEqualTo(3);
    assertThat(aws.function("f").path("MemorySize").asInt()).isEqualTo(512);
  }

  @Test
  void rateLimitSparesGetFunction() {
    // Given
    aws.faults().rateLimit(15);

    // When
    long configurations =
        IntStream.range(0, 20).filter(i -> http.getConfiguration("f").status() == 200).count();
    long functions =
        IntStream.range(0, 20).filter(i -> http.getFunction("f", "").status() == 200).count();
    clock.advance(Duration.ofMillis(200));
    long later =
        IntStream.range(0, 20).filter(i -> http.getConfiguration("f").status() == 200).count();

    // Then
    assertThat(configurations).isEqualTo(15);
    assertThat(functions).isEqualTo(20);
    assertThat(later).isEqualTo(3);
  }

  @Test
  void clearedFaultsAreGone() {
    // Given
    aws.faults().onAnything().always().thenThrottle();
    aws.faults().rateLimit(1);

    // When
    aws.faults().clear();

    // Then
    assertThat(IntStream.range(0, 5).map(i -> http.getConfiguration("f").status()))
        .containsOnly(200);
  }
}
