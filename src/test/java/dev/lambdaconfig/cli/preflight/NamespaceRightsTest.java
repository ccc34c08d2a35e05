package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where an operator can work. */
final class NamespaceRightsTest {

  private static final Set<String> BOTH = Set.of("team-a", "team-b");

  @Test
  void aNamespaceWithoutOneOfTheRightsIsLeftOut() {
    NamespaceRights rights =
        NamespaceRights.of(BOTH, List.of(resource("list", "team-a"), resource("watch", "team-a")));

    assertThat(rights.granted()).containsExactly("team-b");
    assertThat(rights.refused()).containsOnlyKeys("team-a");
    assertThat(rights.refused().get("team-a"))
        .isEqualTo(
            "namespace team-a is left out, because RBAC does not allow the operator to list"
                + " lambdafunctionconfigs.lambdaconfig.dev, watch"
                + " lambdafunctionconfigs.lambdaconfig.dev there: bind the role of"
                + " deploy/rbac.yaml to the operator's service account, and it is watched within"
                + " a minute; or, if the namespace is gone, remove it from --namespaces");
    assertThat(rights.isEmpty()).isFalse();
  }

  @Test
  void withoutRightsInAnyNamespaceThereIsNowhereToWork() {
    assertThat(
            NamespaceRights.of(
                    BOTH, List.of(resource("list", "team-a"), resource("list", "team-b")))
                .isEmpty())
        .isTrue();
  }

  @Test
  void withoutARightInTheClusterThereIsNowhereToWork() {
    assertThat(NamespaceRights.of(Set.of(), List.of(resource("watch", ""))).isEmpty()).isTrue();
    assertThat(NamespaceRights.of(Set.of(), List.of()).isEmpty()).isFalse();
  }

  @Test
  void theLeaseIsOfNoNamespaceOfResources() {
    NamespaceRights rights =
        NamespaceRights.of(
            BOTH,
            List.of(
                new RequiredAccess("get", "coordination.k8s.io", "leases", "", "lease", "team-a")));

    assertThat(rights.granted()).isEqualTo(BOTH);
  }

  private static RequiredAccess resource(String verb, String namespace) {
    return new RequiredAccess(verb, "lambdaconfig.dev", "lambdafunctionconfigs", "", "", namespace);
  }
}
