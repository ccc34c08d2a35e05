package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals of admission are told from missing rights, and repeat nothing of an object. */
final class AdmissionRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | secrets "x" is forbidden: exceeded quota: q.1, requested: secrets=1, used: secrets=0, limited: secrets=0 | the ResourceQuota q.1, which is used up (secrets=0)
          403 | secrets "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: canary | the ValidatingAdmissionPolicy p
          422 | secrets "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: canary | the ValidatingAdmissionPolicy p
          403 | admission webhook "vault.example" denied the request: canary | the admission webhook vault.example
          400 | admission webhook "vault.example" denied the request: canary | the admission webhook vault.example
          403 | secrets "x" is forbidden: canary | an admission plugin of the API server
          403 | secrets "x" is forbidden: exceeded quota: q, requested: canary | an admission plugin of the API server
          """)
  void admissionIsNamed(int code, String message, String by) {
    assertThat(AdmissionRefusal.of(failure(code, message)))
        .isEqualTo(new AdmissionRefusal(by))
        .asString()
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | secrets is forbidden: User "u" cannot create resource "secrets" in API group "" in the namespace "n"
          403 | secrets "x" is forbidden: User "u" cannot get resource "secrets" in API group "" in the namespace "n": RBAC: role "r" not found
          403 | refused by a proxy
          409 | secrets "x" already exists
          422 | Secret "x" is invalid: data: Too long
          500 | admission webhook "vault.example" denied the request: canary
          """)
  void anythingElseIsNone(int code, String message) {
    assertThat(AdmissionRefusal.of(failure(code, message))).isNull();
  }

  @Test
  void anAnswerWithoutStatusIsNone() {
    KubernetesClientException failure = new KubernetesClientException("canary", 403, null);

    assertThat(AdmissionRefusal.of(failure)).isNull();
    assertThat(AdmissionRefusal.isInTerminatingNamespace(failure)).isFalse();
  }

  private static KubernetesClientException failure(int code, String message) {
    return new KubernetesClientException(
        new StatusBuilder().withCode(code).withMessage(message).build());
  }
}
