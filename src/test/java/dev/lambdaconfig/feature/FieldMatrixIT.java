package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.feature.FieldRow.Step;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each field of the table is set, changed and cleared: one exact request each, and no other setting
 * changes.
 */
final class FieldMatrixIT {

  /** The members that AWS counts, stamps or derives. */
  private static final List<String> VOLATILE =
      List.of("RevisionId", "LastModified", "RuntimeVersionConfig");

  @RegisterExtension final OperatorExtension operator = OperatorExtension.readingEachFunction();

  private final ResourceClient resources = operator.resources();

  @Test
  void theMatrixHasEveryFieldOfTheTable() {
    assertThat(FieldMatrix.ROWS)
        .extracting(FieldRow::field)
        .containsExactlyElementsOf(FieldTable.paths());
  }

  @Test
  void everyFieldIsSentOnceAndAloneWhateverIsDoneToIt() {
    // Given
    for (FieldRow row : FieldMatrix.ROWS) {
      operator.aws().createFunction(seed(row));
    }
    for (int step = 0; step < FieldMatrix.STEPS; step++) {
      // When
      operator.aws().requests().clear();
      Map<String, JsonNode> before = new HashMap<>();
      for (FieldRow row : FieldMatrix.ROWS) {
        before.put(row.name(), operator.aws().function(row.name()));
        if (step < row.steps().size()) {
          resources.apply(row.name(), spec(row, row.steps().get(step)));
        }
      }

      // Then
      FieldMatrix.ROWS.forEach(row -> resources.awaitReady(row.name()));
      operator.awaitReads(3, FieldMatrix.ROWS.stream().map(FieldRow::name).toList());
      SoftAssertions softly = new SoftAssertions();
      for (FieldRow row : FieldMatrix.ROWS) {
        Step done = step < row.steps().size() ? row.steps().get(step) : null;
        String what = row.field() + ", step " + step + ": " + (done == null ? "none" : done.spec());
        softly
            .assertThat(operator.aws().requests().updatesOf(row.name()))
            .as(what)
            .extracting(UpdateBody::withoutRevision)
            .isEqualTo(
                done == null || done.sent() == null
                    ? List.of()
                    : List.of(UpdateBody.of(done.sent())));
        softly
            .assertThat(others(row, operator.aws().function(row.name())))
            .as("what is not managed, after " + what)
            .isEqualTo(others(row, Objects.requireNonNull(before.get(row.name()))));
        softly.assertThat(resources.status(row.name()).drift).as("drift after " + what).isNull();
      }
      softly.assertAll();
    }
  }

  @Test
  void aNewGenerationOfTheSameSettingsSendsNothing() {
    // Given: functions as the first step of each row leaves them
    for (FieldRow row : FieldMatrix.ROWS) {
      operator.aws().createFunction(seed(row));
      resources.apply(row.name(), spec(row, row.steps().getFirst()));
    }
    FieldMatrix.ROWS.forEach(row -> resources.awaitReady(row.name()));
    operator.aws().requests().clear();

    // When
    for (FieldRow row : FieldMatrix.ROWS) {
      resources.apply(row.name(), spec(row, row.steps().getFirst()) + "\nsuspend: false");
    }

    // Then
    FieldMatrix.ROWS.forEach(row -> resources.awaitReady(row.name()));
    operator.awaitReads(3, FieldMatrix.ROWS.stream().map(FieldRow::name).toList());
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  private static FunctionSeed seed(FieldRow row) {
    FunctionSeed seed = row.image() ? FunctionSeed.image(row.name()) : FunctionSeed.zip(row.name());
    return seed.with(row.seed());
  }

  private static String spec(FieldRow row, Step step) {
    return "functionName: " + row.name() + "\n" + step.spec();
  }

  /** The function without the member that the row is about. */
  private static JsonNode others(FieldRow row, JsonNode function) {
    ObjectNode others = function.deepCopy();
    others.remove(VOLATILE);
    others.remove(row.member());
    return others;
  }
}
