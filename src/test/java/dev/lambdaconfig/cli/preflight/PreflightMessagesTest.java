package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a start that is refused says, and what to do about it. */
final class PreflightMessagesTest {

  private static final RequiredAccess LIST =
      new RequiredAccess("list", "lambdaconfig.dev", "lambdafunctionconfigs", "", "", "");
  private static final RequiredAccess EVENTS =
      new RequiredAccess("create", "", "events", "", "", "team-a");
  private static final RequiredAccess LEASE =
      new RequiredAccess("patch", "coordination.k8s.io", "leases", "", "shard-a", "home");

  @Test
  void aMissingDefinitionIsToBeInstalled() {
    assertThat(PreflightMessages.missingDefinition())
        .isEqualTo(
            "the CustomResourceDefinition lambdafunctionconfigs.lambdaconfig.dev (v1alpha1) is not"
                + " installed: kubectl apply --server-side -f crds/, or install it with the Helm"
                + " chart");
  }

  @Test
  void aDefinitionOfAnotherReleaseIsToBeUpgraded() {
    assertThat(PreflightMessages.otherDefinition(List.of("functionArn", "history")))
        .contains("its status lacks functionArn, history, without")
        .endsWith("kubectl apply --server-side -f crds/, or upgrade it with the Helm chart");
  }

  @Test
  void aRefusalEverywhereCanBeAvoidedByNamingNamespaces() {
    assertThat(PreflightMessages.refused(List.of(LIST), "shard-a"))
        .containsExactly(
            "RBAC does not allow the operator to list lambdafunctionconfigs.lambdaconfig.dev in"
                + " all namespaces: bind the role of deploy/rbac.yaml to the operator's service"
                + " account, or name the namespaces to watch in --namespaces");
  }

  @Test
  void aRefusalInANamespaceNamesIt() {
    assertThat(PreflightMessages.refused(List.of(EVENTS), "shard-a"))
        .containsExactly(
            "RBAC does not allow the operator to create events in namespace team-a: bind the"
                + " role of deploy/rbac.yaml to the operator's service account");
  }

  @Test
  void allThatIsRefusedOfTheLeaseIsOneProblemAndTheLast() {
    RequiredAccess create =
        new RequiredAccess("create", "coordination.k8s.io", "leases", "", "", "home");

    assertThat(PreflightMessages.refused(List.of(create, LIST, LEASE), "shard-a"))
        .hasSize(2)
        .last()
        .isEqualTo(
            "RBAC does not allow the operator to create, patch leases.coordination.k8s.io with"
                + " the name shard-a in namespace home, for --leader-elect: bind the leader"
                + " election role of deploy/rbac.yaml, which must name that Lease, to the"
                + " operator's service account");
  }

  @Test
  void whereAllIsGrantedThereIsNoProblem() {
    assertThat(PreflightMessages.refused(List.of(), "shard-a")).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsReportedWithTheFirstCause() {
    Exception failure = new IOException("list failed", new ConnectException("refused"));

    assertThat(PreflightMessages.unreachable("https://api:6443/", 0, failure))
        .isEqualTo(
            "the API server at https://api:6443/ does not answer (java.net.ConnectException:"
                + " refused): check KUBECONFIG, or run in a Pod with a service account");
  }

  @Test
  void refusedCredentialsAreAnotherProblem() {
    assertThat(PreflightMessages.unreachable("https://api:6443/", 401, new IOException("no")))
        .isEqualTo(
            "the API server at https://api:6443/ does not accept the credentials (401): check"
                + " KUBECONFIG or the Pod's service account");
  }
}
