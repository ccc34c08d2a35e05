package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entries that count as the resource's own after the end of an announced update. */
final class EntryOwnershipTest {

  private static final Desired DESIRED =
      TestSpecs.desired("{environment: {policy: Merge, variables: {AA: x, BB: y, CC: z}}}");
  private static final String LIVE =
      "{Environment: {Variables: {AA: theirs, BB: y, CC: z, OTHER: o}}}";
  private static final String UNREADABLE =
      "{Environment: {Error: {ErrorCode: KMSAccessDeniedException, Message: no}}}";

  @ParameterizedTest
  @CsvSource({"ACCEPTED, 'AA,BB,CC'", "NONE, 'CC'", "OPEN, 'CC'"})
  void announcedOnesCountOnceAwsHasAccepted(Announcement end, String owned) {
    assertThat(after(end, LIVE)).containsExactly(owned.split(","));
  }

  /** Nobody knows whether AWS applied the update, and another writer changed the function. */
  @Test
  void ofAnUnprovenUpdateThoseCountThatTheFunctionHasAsItWasToSetThem() {
    assertThat(after(Announcement.UNPROVEN, LIVE)).containsExactly("BB", "CC");
    assertThat(after(Announcement.UNPROVEN, "{}")).containsExactly("CC");
  }

  @Test
  void orAllWhereAwsCannotReadThem() {
    assertThat(after(Announcement.UNPROVEN, UNREADABLE)).containsExactly("AA", "BB", "CC");
  }

  private static @Nullable List<String> after(Announcement end, String function) {
    List<OwnedEntries> fields =
        EntryOwnership.of(
                List.of(
                    new OwnedEntries("environment.variables", List.of("CC"), List.of("AA", "BB"))))
            .after(DESIRED, end, null, TestSpecs.function(function))
            .fields();
    return Objects.requireNonNull(fields).getFirst().entries();
  }
}
