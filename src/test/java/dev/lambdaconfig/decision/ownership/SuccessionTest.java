package dev.lambdaconfig.decision.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.Succession.Change;
import dev.lambdaconfig.decision.ownership.Succession.Changed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom a change of one claimant concerns: few at once, however many name the function. */
final class SuccessionTest {

  private static final String HERE = "111111111111";

  private final List<Claimant> many =
      IntStream.range(10, 1000).mapToObj(i -> claimant(i, Part.WRITES, true, HERE)).toList();

  @Test
  void whereTheOwnerGoesOrComesOneIsToldAtOnceAndTheOthersLater() {
    // When
    Succession succession = of(claimant(1, Part.READS, true, HERE), many, Change.OF_RESOURCE);

    // Then
    assertThat(succession.now()).containsExactly("0010");
    assertThat(succession.later()).hasSize(989).startsWith("0011", "0012").doesNotContain("0010");
  }

  @Test
  void whoDoesNotOwnTheFunctionConcernsNobody() {
    // When
    Succession succession = of(claimant(500, Part.READS, true, HERE), many, Change.OF_RESOURCE);

    // Then
    assertThat(succession).isEqualTo(new Succession(List.of(), List.of()));
  }

  @Test
  void anAnswerToAnIdentityConcernsItsOtherResourcesToo() {
    // When: one of the younger resources of an identity is the first to be denied
    Succession succession = of(claimant(500, Part.WRITES, false, HERE), many, Change.OF_IDENTITY);

    // Then
    assertThat(succession.now()).containsExactly("0010");
    assertThat(succession.later()).hasSize(988).doesNotContain("0500");
  }

  @Test
  void onlyAProvenClaimSucceedsAndTheOthersAreToldLater() {
    // Given
    List<Claimant> others =
        List.of(
            claimant(2, Part.WRITES, false, HERE),
            claimant(3, Part.READS, true, HERE),
            claimant(4, Part.NONE, true, HERE),
            claimant(5, Part.RESTS, false, HERE),
            claimant(6, Part.WRITES, true, HERE));

    // Then
    assertThat(of(claimant(1, Part.NONE, true, HERE), others, Change.OF_RESOURCE))
        .isEqualTo(new Succession(List.of("0006"), List.of("0002")));
  }

  @Test
  void eachAccountHasASuccessorWhereThatOfTheFunctionIsUnknown() {
    // Given
    List<Claimant> others =
        Stream.of("222222222222", HERE, null, HERE)
            .map(account -> claimant(2, Part.WRITES, true, account))
            .toList();

    // Then
    assertThat(of(claimant(1, Part.WRITES, true, null), others, Change.OF_RESOURCE).now())
        .hasSize(3);
    assertThat(of(claimant(1, Part.WRITES, true, HERE), others, Change.OF_RESOURCE).now())
        .hasSize(2);
  }

  @Test
  void changesOfOneAccountAreToldAsThatOfTheOldest() {
    // Given
    Changed older = new Changed(claimant(1, Part.NONE, true, HERE), Change.OF_RESOURCE);
    Changed younger = new Changed(claimant(500, Part.NONE, true, HERE), Change.OF_RESOURCE);

    // Then: the younger one alone concerns nobody
    assertThat(Succession.of(List.of(younger.with(older)), many))
        .isEqualTo(Succession.of(List.of(older.with(younger)), many))
        .satisfies(told -> assertThat(told.now()).containsExactly("0010"))
        .satisfies(told -> assertThat(told.later()).hasSize(989).contains("0500"));
  }

  @Test
  void aResourceThatChangesTwiceIsNotToldOfItself() {
    // Given
    Changed denied = new Changed(claimant(10, Part.WRITES, false, HERE), Change.OF_IDENTITY);
    Changed proven = new Changed(claimant(10, Part.WRITES, true, HERE), Change.OF_IDENTITY);

    // When
    Succession succession = Succession.of(List.of(denied.with(proven)), many);

    // Then
    assertThat(succession.now()).containsExactly("0011");
    assertThat(succession.later()).hasSize(988).doesNotContain("0010");
  }

  @Test
  void anOwnerOfAnUnknownAccountIsNoneForSure() {
    // Given
    List<Claimant> others =
        List.of(claimant(1, Part.WRITES, true, null), claimant(3, Part.WRITES, true, HERE));

    // Then
    assertThat(of(claimant(2, Part.WRITES, true, HERE), others, Change.OF_RESOURCE).now())
        .containsExactly("0001", "0003");
  }

  private static Succession of(Claimant changed, List<Claimant> others, Change change) {
    return Succession.of(List.of(new Changed(changed, change)), others);
  }

  private static Claimant claimant(int age, Part part, boolean readable, @Nullable String account) {
    return new Claimant(
        "%04d".formatted(age),
        "2026-11-27T10:00:00Z",
        "",
        account,
        part,
        new ReadProof(readable, account, age, age));
  }
}
