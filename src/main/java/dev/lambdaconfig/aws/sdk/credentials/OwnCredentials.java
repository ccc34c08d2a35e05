package dev.lambdaconfig.aws.sdk.credentials;

import dev.lambdaconfig.aws.sdk.http.ProxiedHttpService;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * The credentials of the operator's own identity, from where the default chain of the AWS SDK looks
 * for them, in its order: but after a source that the environment names, none is asked.
 *
 * <p>The default chain asks the next sources when one fails, and stays with the first that answers.
 * A Pod whose web identity could not be exchanged in the moment of its start would act by the role
 * of its node until it ends.
 */
public final class OwnCredentials {

  private OwnCredentials() {}

  /** Returns the source of the credentials, which is closed with the last client. */
  public static AwsCredentialsProvider fromEnvironment() {
    // A web identity has an STS client of its own.
    ProxiedHttpService.install();
    List<AwsCredentialsProvider> sources = new ArrayList<>();
    sources.add(SystemPropertyCredentialsProvider.create());
    sources.add(EnvironmentVariableCredentialsProvider.create());
    if (isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)
        && isSet(SdkSystemSetting.AWS_ROLE_ARN)) {
      sources.add(WebIdentityTokenFileCredentialsProvider.create());
    } else {
      sources.add(ProfileCredentialsProvider.create());
      sources.add(ofMachine());
    }
    return AwsCredentialsProviderChain.builder().credentialsProviders(sources).build();
  }

  /** Those of the container, such as EKS Pod Identity, where it has some; else of the instance. */
  private static AwsCredentialsProvider ofMachine() {
    return isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
            || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
        ? ContainerCredentialsProvider.create()
        : InstanceProfileCredentialsProvider.create();
  }

  private static boolean isSet(SdkSystemSetting setting) {
    return setting.getStringValue().isPresent();
  }
}
