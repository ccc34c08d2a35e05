package dev.lambdaconfig.aws.sdk.credentials;

import dev.lambdaconfig.aws.sdk.http.ProxiedHttpService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of the operator's own identity, from where the default chain of the AWS SDK looks
 * for them, in its order: access keys, a web identity, a profile, the container, the instance. But
 * where the environment names keys or a web identity, no other source is asked, and where it names
 * the container, the instance is not.
 *
 * <p>The default chain asks the next sources when one fails, and stays with the first that answers.
 * A Pod whose web identity could not be exchanged in the moment of its start would act by the role
 * of its node until it ends.
 */
public final class OwnCredentials implements AwsCredentialsProvider, SdkAutoCloseable {

  /** Chosen with the first call, because that reads files. */
  private @Nullable AwsCredentialsProvider source;

  @Override
  public AwsCredentials resolveCredentials() {
    return source().resolveCredentials();
  }

  private synchronized AwsCredentialsProvider source() {
    AwsCredentialsProvider chosen = source;
    if (chosen == null) {
      chosen = ofEnvironment();
      source = chosen;
    }
    return chosen;
  }

  private static AwsCredentialsProvider ofEnvironment() {
    if (isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)) {
      return AwsCredentialsProviderChain.of(
          SystemPropertyCredentialsProvider.create(),
          EnvironmentVariableCredentialsProvider.create());
    }
    // A web identity, that of a profile as well, has an STS client of its own.
    ProxiedHttpService.install();
    if (isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)
        && isSet(SdkSystemSetting.AWS_ROLE_ARN)) {
      return WebIdentityTokenFileCredentialsProvider.create();
    }
    return AwsCredentialsProviderChain.of(ProfileCredentialsProvider.create(), ofMachine());
  }

  /** Those of the container, such as EKS Pod Identity, where it has some; else of the instance. */
  private static AwsCredentialsProvider ofMachine() {
    return isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
            || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
        ? ContainerCredentialsProvider.create()
        : InstanceProfileCredentialsProvider.create();
  }

  private static boolean isSet(SdkSystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  @Override
  public synchronized void close() {
    if (source instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
