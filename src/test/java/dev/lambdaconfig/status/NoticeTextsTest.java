package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.decision.history.Cause;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The notices of what no status shows: their type, their reason, and what to do. */
final class NoticeTextsTest {

  @Test
  void anUpdateNamesItsFieldsAndItsCause() {
    assertThat(Notices.started(List.of("timeout", "layers"), Cause.DriftCorrected))
        .isEqualTo(Notice.normal("UpdateStarted", "updating timeout, layers (DriftCorrected)"));
  }

  @Test
  void aPauseIsAWarningAndItsEndIsNone() {
    assertThat(Notices.paused("they fail")).isEqualTo(Notice.warning("UpdatesPaused", "they fail"));
    assertThat(Notices.resumed("team-a"))
        .isEqualTo(Notice.normal("UpdatesResumed", "updates in team-a are resumed"));
    assertThat(Notices.paused("they fail").warning()).isTrue();
    assertThat(Notices.resumed("team-a").warning()).isFalse();
  }

  @Test
  void aListThatIsRefusedNamesThePermission() {
    assertThat(Notices.listingRefused("eu-west-1", "AccessDeniedException", "no"))
        .satisfies(notice -> assertThat(notice.warning()).isTrue())
        .satisfies(notice -> assertThat(notice.reason()).isEqualTo("ListingRefused"))
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .contains("eu-west-1", "(AccessDeniedException: no)", "lambda:ListFunctions"));
  }

  @Test
  void aSchemaThatLacksFieldsNamesThem() {
    assertThat(Notices.schemaOutdated(new TreeSet<>(Set.of("region", "drift"))).message())
        .contains("omitted: drift, region; apply the CustomResourceDefinition");
  }

  @Test
  void aRestoreNamesWhatWasRestored() {
    assertThat(Notices.restored(List.of("timeout", "layers")))
        .isEqualTo(Notice.normal("Restored", "restored timeout, layers"));
  }

  @Test
  void anAbandonedRestoreNamesTheFieldsThatItKnows() {
    assertThat(Notices.abandoned(List.of("timeout"), "it is gone"))
        .isEqualTo(
            Notice.warning(
                "RestoreAbandoned",
                "the resource is released without restoring timeout: it is gone"));
    assertThat(Notices.abandoned(List.of(), "it is gone").message())
        .isEqualTo("the resource is released without restoring its managed fields: it is gone");
  }

  @Test
  void aBaselineThatCouldNotBeMovedNamesItsSecret() {
    assertThat(Notices.valuesNotMoved("orders-baseline-uid", 403, "operator"))
        .satisfies(notice -> assertThat(notice.reason()).isEqualTo("BaselineNotMoved"))
        .satisfies(
            notice ->
                assertThat(notice.message()).contains("orders-baseline-uid", "operator", "(403"));
  }
}
