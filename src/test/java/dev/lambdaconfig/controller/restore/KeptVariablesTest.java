package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.model.Value;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Environment variables that are to be put back: where they are read, and what is told of them. */
final class KeptVariablesTest {

  private static final String VARIABLES = "environment.variables";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());
  private final ManagedResource resource =
      new ManagedResource(
          "{timeout: 9, environment: {variables: {A: new}}, deletionPolicy: Restore}");
  private final String own = BaselineSecrets.nameFor(resource.resource);
  private final String former = FormerBaselineSecrets.nameFor(resource.resource);

  @Test
  void areReadFromTheOperatorsNamespaceAndNotShown() {
    // Given
    statusNames(own);
    secrets.keep(resource.resource, Map.of("A", new Value.Secret("old")), false);

    // When
    KeptVariables kept = read();

    // Then
    assertThat(kept)
        .isEqualTo(new KeptVariables(List.of(VARIABLES), Map.of("A", "old"), null, false));
    assertThat(kept.toString()).contains(VARIABLES).doesNotContain("old");
  }

  @Test
  void areNoneWhereTheStatusNamesNoSecret() {
    // Given
    statusNames(null);

    // Then
    assertThat(read()).isEqualTo(new KeptVariables(List.of(), null, null, false));
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void areNotReadWhereTheSpecManagesThemNoLonger() {
    // Given
    statusNames(own);
    resource.declare("{timeout: 9, deletionPolicy: Restore}");

    // Then
    assertThat(read().paths()).isEmpty();
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void ofAnEarlierVersionAreReadFromTheNamespaceOfTheResource() {
    // Given
    statusNames(former);
    kubernetes.storeOwned("team-a/" + former, resource.uid(), Map.of("A", "b2xk"));

    // Then
    assertThat(read().values()).isEqualTo(Map.of("A", "old"));
  }

  @Test
  void ofAnEarlierVersionAreReadWhereTheyWereMovedToBeforeTheStatusSaysSo() {
    // Given
    statusNames(former);
    kubernetes.storeOwned("team-a/" + former, resource.uid(), Map.of("A", "eA=="));
    secrets.keep(resource.resource, Map.of("A", new Value.Secret("old")), false);

    // Then
    assertThat(read().values()).isEqualTo(Map.of("A", "old"));
  }

  @Test
  void areReadByTheirOwnNamesOnlyWhateverTheStatusSays() {
    // Given
    statusNames("somebody-elses");
    kubernetes.storeOwned("team-a/somebody-elses", resource.uid(), Map.of("A", "eA=="));
    kubernetes.storeOwned("operator/somebody-elses", resource.uid(), Map.of("A", "eA=="));

    // When
    KeptVariables kept = read();

    // Then
    assertThat(kept.values()).isNull();
    assertThat(kubernetes.requests).containsExactly("get operator/" + own);
  }

  @Test
  void thatAreGoneAreLostForGood() {
    // Given
    statusNames(own);

    // When
    KeptVariables kept = read();

    // Then
    assertThat(kept.lost()).isTrue();
    assertThat(kept.paths()).containsExactly(VARIABLES);
    assertThat(kept.problem()).contains(own).contains("no longer exists");
  }

  @Test
  void ofAnotherResourceAreNotRead() {
    // Given
    statusNames(own);
    kubernetes.storeOwned("operator/" + own, resource.uid(), Map.of("A", "eA=="));

    // Then
    assertThat(read().lost()).isTrue();
  }

  @Test
  void withoutTheRightAreReportedByTheOperatorsNamespace() {
    // Given
    statusNames(own);
    kubernetes.refusal = 403;

    // When
    KeptVariables kept = read();

    // Then
    assertThat(kept.lost()).isFalse();
    assertThat(kept.problem()).contains("secrets in namespace operator");
  }

  @Test
  void ofAnEarlierVersionWithoutTheRightAreReportedByTheNamespaceOfTheResource() {
    // Given
    statusNames(former);
    kubernetes.refusal = 403;

    // Then
    assertThat(read().problem()).contains("secrets in namespace team-a");
  }

  @Test
  void thatCannotBeReadForNowAreNotLost() {
    // Given
    statusNames(own);
    kubernetes.refusal = 500;

    // When
    KeptVariables kept = read();

    // Then
    assertThat(kept.lost()).isFalse();
    assertThat(kept.values()).isNull();
    assertThat(kept.problem()).contains(own).contains("500");
  }

  private void statusNames(@Nullable String secretName) {
    resource.status.baseline = List.of(new BaselineField(VARIABLES, null, secretName));
  }

  private KeptVariables read() {
    return new KeptVariables.Reader(secrets, new FormerBaselineSecrets(kubernetes.client))
        .read(resource.reconciliation(), resource.start(), resource.reconciliation().managed());
  }
}
