package dev.lambdaconfig.cli.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a profile gives no credentials. */
final class AwsProfileTest {

  private static final String CONFIG =
      """
      [default]
      region = eu-west-1
      [profile production]
      role_arn = arn:aws:iam::123456789012:role/canary
      source_profile = nothing
      [profile laptop]
      sso_session = company
      sso_account_id = 123456789012
      [sso-session company]
      sso_start_url = https://canary.awsapps.com/start
      # [profile comment]
      [profile signed-in]
      login_session = arn:aws:iam::123456789012:user/canary
      [profile external]
        s3 =
          role_arn = nested
      credential_process = /bin/canary
      """;

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "prodution; the profile prodution (AWS_PROFILE) is neither in HOME/credentials (which does"
            + " not exist) nor in HOME/config: did you mean production?",
        "other; the profile other (AWS_PROFILE) is neither in HOME/credentials (which does not"
            + " exist) nor in HOME/config, which have default, external, laptop, production,"
            + " signed-in",
        "company; the profile company (AWS_PROFILE) is neither in HOME/credentials (which does not"
            + " exist) nor in HOME/config, which have default, external, laptop, production,"
            + " signed-in",
        "production; the profile production (AWS_PROFILE) in HOME/config has role_arn, and that"
            + " gives none",
        "external; the profile external (AWS_PROFILE) in HOME/config has credential_process, and"
            + " that gives none",
        "default; the profile default (AWS_PROFILE) in HOME/config has none",
        "''; the profile default in HOME/config has none",
        "laptop; the profile laptop (AWS_PROFILE) in HOME/config signs in by a browser, which this"
            + " command does not do: run eval \"$(aws configure export-credentials --profile"
            + " laptop --format env)\" before",
        "signed-in; the profile signed-in (AWS_PROFILE) in HOME/config signs in by a browser, which"
            + " this command does not do: run eval \"$(aws configure export-credentials --profile"
            + " signed-in --format env)\" before",
      })
  void theFilesShowWhy(String profile, String problem) throws IOException {
    assertThat(problem(CONFIG, Map.of("AWS_PROFILE", profile))).isEqualTo(problem);
  }

  @Test
  void filesThatTheEnvironmentNamesAreRead() throws IOException {
    Path credentials = home.resolve("mine");
    Files.writeString(credentials, "[a]\r\naws_access_key_id = canary\r\n");

    assertThat(
            problem(
                "",
                Map.of(
                    "AWS_PROFILE",
                    "a",
                    "AWS_SHARED_CREDENTIALS_FILE",
                    credentials.toString(),
                    "AWS_CONFIG_FILE",
                    home.toString())))
        .isEqualTo(
            "the profile a (AWS_PROFILE) in "
                + credentials
                + " has aws_access_key_id, and that gives none");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThat(problem("", Map.of("AWS_CONFIG_FILE", home.toString())))
        .isEqualTo(
            "the profile default is neither in HOME/credentials (which does not exist) nor in "
                + home
                + " (which cannot be read)");
  }

  private String problem(String config, Map<String, String> more) throws IOException {
    Path folder = Files.createDirectories(home.resolve(".aws"));
    Files.writeString(folder.resolve("config"), config);
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOME", home.toString());
    return AwsProfile.problem(environment).replace(folder.toString(), "HOME");
  }
}
