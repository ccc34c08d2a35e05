package dev.lambdaconfig.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the simulator with answers recorded from real AWS. The recordings are not in this
 * repository: name their file by {@code -Drecorded.aws=} or {@code RECORDED_AWS}. Without it only
 * the vectors of this repository run, and a line says so.
 */
final class RecordedAwsTest {

  /** The facts that need not agree, each with its reason; none at present. */
  private static final Map<String, String> EXCEPTIONS = Map.of();

  /** The least number of facts, so that a file with fewer does not count as full agreement. */
  private static final int FACTS_THAT_MUST_AGREE = 116;

  private final Map<String, List<String>> verdicts = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> theSimulatorAnswersAsAwsDid() {
    Optional<RecordedFacts> found = RecordedFacts.find();
    if (found.isEmpty()) {
      System.out.println(
          "recorded AWS facts: NO FILE GIVEN (-D"
              + RecordedFacts.PROPERTY
              + "=...), ran on the repository's own vectors only");
      return OwnVectors.all().map(vector -> DynamicTest.dynamicTest(vector.name(), vector::run));
    }
    RecordedFacts facts = found.get();
    return Stream.concat(
        RecordedScenarios.all().entrySet().stream()
            .map(
                scenario ->
                    DynamicTest.dynamicTest(
                        scenario.getKey(), () -> replay(facts, scenario.getValue()))),
        Stream.of(DynamicTest.dynamicTest("score", () -> score(facts))));
  }

  private void replay(RecordedFacts facts, Consumer<Replay> script) {
    List<String> disagreements = new ArrayList<>();
    try (Replay replay =
        new Replay(
            facts,
            (id, differences) -> {
              verdicts.put(id, differences);
              if (!differences.isEmpty() && !EXCEPTIONS.containsKey(id)) {
                disagreements.add(id + ": " + differences);
              }
            })) {
      script.accept(replay);
    }
    assertThat(disagreements).isEmpty();
  }

  private void score(RecordedFacts facts) {
    List<String> agree = new ArrayList<>();
    List<String> disagree = new ArrayList<>();
    List<String> notApplicable = new ArrayList<>();
    for (String id : facts.byId().keySet()) {
      List<String> differences = verdicts.get(id);
      if (differences == null) {
        notApplicable.add(id + " (" + EXCEPTIONS.getOrDefault(id, "no script replays it") + ")");
      } else if (differences.isEmpty()) {
        agree.add(id);
      } else {
        disagree.add(id + " " + differences);
      }
    }
    System.out.printf(
        "recorded AWS facts: %d agree, %d not applicable, %d disagree%s%s%n",
        agree.size(),
        notApplicable.size(),
        disagree.size(),
        notApplicable.isEmpty() ? "" : "; not applicable: " + notApplicable,
        disagree.isEmpty() ? "" : "; disagree: " + disagree);
    assertThat(facts.byId().keySet())
        .filteredOn(id -> !EXCEPTIONS.containsKey(id))
        .allMatch(agree::contains, "agrees");
    assertThat(agree).hasSizeGreaterThanOrEqualTo(FACTS_THAT_MUST_AGREE);
  }
}
