package dev.lambdaconfig.cli.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads without credentials say where these were looked for. */
final class AdvisedReadsTest {

  private static final Target TARGET = new Target("eu-west-1", "orders", null, "test");

  @TempDir private Path home;

  @Test
  void aProfileThatIsNamedComesFirst() {
    assertThat(message(Map.of("AWS_PROFILE", "prod", "AWS_ROLE_ARN", "arn:x")))
        .isEqualTo(
            "no AWS credentials: the profile prod (AWS_PROFILE) is neither in"
                + " HOME/.aws/credentials (which does not exist) nor in HOME/.aws/config (which"
                + " does not exist); AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set,"
                + " AWS_ROLE_ARN is set without AWS_WEB_IDENTITY_TOKEN_FILE; no container or EC2"
                + " role gives any: set one of them");
  }

  @Test
  void withoutAProfileTheVariablesComeFirst() {
    assertThat(message(Map.of("AWS_ACCESS_KEY_ID", "x")))
        .startsWith(
            "no AWS credentials: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY,"
                + " AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE are not set; the profile default"
                + " is neither in HOME/.aws/credentials");
  }

  @Test
  void aListSaysTheSame() {
    FunctionReads.Page page = reads(Map.of("AWS_PROFILE", "prod")).page("eu-west-1", null);

    assertThat(page)
        .isInstanceOfSatisfying(
            FunctionReads.Refused.class,
            refused ->
                assertThat(refused.failure().message()).contains("the profile prod (AWS_PROFILE)"));
  }

  private String message(Map<String, String> environment) {
    return reads(environment).read(TARGET) instanceof Answer.Failed(Failure failure)
        ? String.valueOf(failure.message()).replace(home.toString(), "HOME")
        : "";
  }

  private AdvisedReads reads(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    return new AdvisedReads(new WithoutCredentials(), all);
  }

  private static final class WithoutCredentials implements FunctionReads {

    private static final Failure FAILURE =
        new Failure(Failure.CREDENTIALS_UNAVAILABLE, "none", 0, null);

    @Override
    public Answer read(Target target) {
      return new Answer.Failed(FAILURE);
    }

    @Override
    public Answer readFunction(Target target) {
      return new Answer.Failed(FAILURE);
    }

    @Override
    public Page page(String region, @Nullable String marker) {
      return new Refused(FAILURE);
    }
  }
}
