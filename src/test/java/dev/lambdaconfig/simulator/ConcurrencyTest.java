package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConcurrencyTest {

  private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final LambdaSimulator aws = LambdaSimulator.builder().clock(clock).start();
  private final HttpCaller http = new HttpCaller(aws.endpoint());

  @AfterEach
  void stop() {
    aws.close();
  }

  private static List<Reply> atOnce(int count, IntFunction<Reply> call) throws Exception {
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> futures = new ArrayList<>();
      for (int index = 0; index < count; index++) {
        int number = index;
        futures.add(executor.submit(() -> call.apply(number)));
      }
      for (Future<Reply> future : futures) {
        replies.add(future.get());
      }
    }
    return replies;
  }

  @Test
  void oneOfManyWritersWithTheSameRevisionWins() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("f"));
    String revision = aws.function("f").path("RevisionId").asText();

    // When
    List<Reply> replies =
        atOnce(
            40,
            number ->
                http.update("f", Json.object("RevisionId", revision).put("Timeout", 10 + number)));

    // Then
    List<Reply> accepted = replies.stream().filter(reply -> reply.status() == 200).toList();
    assertThat(accepted).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == 412).hasSize(39);
    assertThat(aws.function("f").path("Timeout"))
        .isEqualTo(accepted.getFirst().body().path("Timeout"));
  }

  @Test
  void oneOfManyUnguardedWritersWins() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("f"));

    // When
    List<Reply> replies = atOnce(40, number -> http.update("f", "{\"Timeout\":10}"));

    // Then
    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == 409).hasSize(39);
    assertThat(aws.requests().count("UpdateFunctionConfiguration")).isEqualTo(40);
  }

  @Test
  void faultForThreeRequestsHitsThreeOfMany() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("f"));
    aws.faults().onReads().times(3).thenThrottle();

    // When
    List<Reply> replies = atOnce(40, number -> http.getConfiguration("f"));

    // Then
    assertThat(replies).filteredOn(reply -> reply.status() == 429).hasSize(3);
  }

  @Test
  void pagesThroughTenThousandFunctions() {
    // Given
    for (int index = 0; index < 10_000; index++) {
      aws.createFunction(FunctionSeed.zip("f" + index));
    }

    // When
    Set<String> names = new HashSet<>();
    int pages = 0;
    String marker = "";
    do {
      Reply page = http.list(marker.isEmpty() ? "" : "?Marker=" + marker);
      page.body().path("Functions").forEach(each -> names.add(each.path("FunctionName").asText()));
      marker = page.body().path("NextMarker").asText("");
      pages++;
    } while (!marker.isEmpty());

    // Then
    assertThat(names).hasSize(10_000);
    assertThat(pages).isEqualTo(200);
  }

  @Test
  void settlesTenThousandFunctionsByTheClockAlone() {
    // Given
    for (int index = 0; index < 10_000; index++) {
      aws.createFunction(FunctionSeed.zip("f" + index).pending());
    }

    // When
    clock.advance(Duration.ofSeconds(1));

    // Then
    for (int index = 0; index < 10_000; index++) {
      assertThat(aws.function("f" + index).path("State").asText()).isEqualTo("Active");
    }
  }
}
