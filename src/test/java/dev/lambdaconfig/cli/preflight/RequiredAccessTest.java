package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.OptionVerdict;
import dev.lambdaconfig.cli.options.RunOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator has to be allowed to do, by its options. */
final class RequiredAccessTest {

  @Test
  void withoutNamespacesItIsNeededInAll() {
    List<RequiredAccess> required = RequiredAccess.of(options(), "home");

    assertThat(required)
        .extracting(RequiredAccess::toString)
        .containsExactly(
            "list lambdafunctionconfigs.lambdaconfig.dev",
            "watch lambdafunctionconfigs.lambdaconfig.dev",
            "patch lambdafunctionconfigs.lambdaconfig.dev/status",
            "create events");
    assertThat(required).allMatch(RequiredAccess::isInAllNamespaces);
  }

  @Test
  void withNamespacesItIsNeededInEachOfThemOnly() {
    List<RequiredAccess> required =
        RequiredAccess.of(options("--namespaces=team-a,team-b"), "home");

    assertThat(required)
        .extracting(RequiredAccess::namespace)
        .containsExactly(
            "team-a", "team-a", "team-a", "team-a", "team-b", "team-b", "team-b", "team-b");
  }

  @Test
  void aLeaderNeedsItsLeaseByNameButForItsCreation() {
    List<RequiredAccess> required =
        RequiredAccess.of(options("--leader-elect", "--leader-election-lease=shard-a"), "home");

    assertThat(required.stream().filter(RequiredAccess::isForLease))
        .containsExactly(lease("get", "shard-a"), lease("create", ""), lease("patch", "shard-a"));
  }

  @Test
  void theLeaseIsWhereTheOptionsSay() {
    List<RequiredAccess> required =
        RequiredAccess.of(options("--leader-elect", "--leader-election-namespace=other"), "home");

    assertThat(required.stream().filter(RequiredAccess::isForLease))
        .extracting(RequiredAccess::namespace)
        .containsOnly("other");
  }

  @Test
  void aLeaseWithoutNamespaceIsAskedForNowhere() {
    assertThat(RequiredAccess.of(options("--leader-elect"), null))
        .isNotEmpty()
        .noneMatch(RequiredAccess::isForLease);
  }

  @Test
  void theReviewAsksForTheVeryAccess() {
    var attributes =
        new RequiredAccess("patch", "lambdaconfig.dev", "lambdafunctionconfigs", "status", "", "a")
            .review()
            .getSpec()
            .getResourceAttributes();

    assertThat(attributes.getVerb()).isEqualTo("patch");
    assertThat(attributes.getGroup()).isEqualTo("lambdaconfig.dev");
    assertThat(attributes.getResource()).isEqualTo("lambdafunctionconfigs");
    assertThat(attributes.getSubresource()).isEqualTo("status");
    assertThat(attributes.getName()).isEmpty();
    assertThat(attributes.getNamespace()).isEqualTo("a");
  }

  private static RequiredAccess lease(String verb, String name) {
    return new RequiredAccess(verb, "coordination.k8s.io", "leases", "", name, "home");
  }

  private static RunOptions options(String... args) {
    return OptionVerdict.parse(Map.of(), args);
  }
}
