package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON of {@code /debug/state}. */
final class StateSnapshotTest {

  @Test
  void sizesOfOneNameAreAddedUp() throws IOException {
    // Given
    StateSnapshot snapshot =
        new StateSnapshot(
            List.of(
                sizes -> sizes.add("Queue.waiters", 2),
                sizes -> {
                  sizes.add("Queue.waiters", 3);
                  sizes.add("Timer.scheduled", 0);
                }));

    // When
    JsonNode json = new ObjectMapper().readTree(snapshot.get());

    // Then
    assertThat(json.at("/sizes").toString())
        .isEqualTo("{\"Queue.waiters\":5,\"Timer.scheduled\":0}");
  }

  @Test
  void theProcessIsDescribedByNumbers() throws IOException {
    // When
    JsonNode json = new ObjectMapper().readTree(new StateSnapshot(List.of()).get());

    // Then
    assertThat(json.at("/sizes")).isEmpty();
    assertThat(json.at("/process").properties())
        .allSatisfy(fact -> assertThat(fact.getValue().asLong()).as(fact.getKey()).isPositive())
        .extracting(fact -> fact.getKey())
        .contains("threads", "heapUsedBytes", "heapCommittedBytes", "loadedClasses");
  }
}
