package dev.lambdaconfig.aws.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is said of a configuration that the SDK cannot use. */
final class ServiceClientsTest {

  @Test
  void whatAParserSaysComesWithTheFilesAndVariables() {
    assertThatThrownBy(
            () ->
                ServiceClients.configured(
                    () -> {
                      throw new IllegalArgumentException("Profile definition must end with ']'");
                    }))
        .isInstanceOf(SdkClientException.class)
        .hasMessage(
            "the AWS SDK cannot use its configuration (Profile definition must end with ']'):"
                + " correct the environment variables that begin with AWS_, or the files of"
                + " AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, by default in ~/.aws");
  }

  @Test
  void whatTheSdkSaysItselfStays() {
    SdkClientException own = SdkClientException.create("own words");

    assertThatThrownBy(
            () ->
                ServiceClients.configured(
                    () -> {
                      throw own;
                    }))
        .isSameAs(own);
  }
}
