package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * AWS replaces the whole list of file systems; settings that an entry of a spec does not name are
 * kept.
 */
final class FileSystemEntriesIT {

  private static final String ARN =
      "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"
          + "/access-point/fsap-0123456789abcdef0";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @BeforeEach
  void aFunctionWithDirectReads() {
    operator
        .aws()
        .createFunction(
            FunctionSeed.zip("orders")
                .with(
                    """
                    {"VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
                     "FileSystemConfigs": [{"Arn": "%s", "LocalMountPath": "/mnt/old",
                       "S3FilesConfig": {"DirectS3Read": "ENABLED"}}]}
                    """
                        .formatted(ARN)));
  }

  @Test
  void aChangedPathKeepsTheDirectReadsThatSomebodyElseChose() {
    // When
    resources.apply("orders", spec("localMountPath: /mnt/new"));
    resources.awaitReady("orders");

    // Then
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(mount().path("LocalMountPath").asText()).isEqualTo("/mnt/new");
    assertThat(directRead()).isEqualTo("ENABLED");
  }

  @Test
  void directReadsThatTheSpecDoesNotNameAreNoDifference() {
    // When
    resources.apply("orders", spec("localMountPath: /mnt/old"));
    resources.awaitReady("orders");
    operator.awaitReads(2, List.of("orders"));

    // Then
    assertThat(operator.aws().requests().updatesOf("orders")).isEmpty();
    assertThat(directRead()).isEqualTo("ENABLED");
  }

  @Test
  void directReadsThatTheSpecNamesAreSetAndCleared() {
    // When
    resources.apply(
        "orders", spec("localMountPath: /mnt/old, s3FilesConfig: {directS3Read: DISABLED}"));
    resources.awaitReady("orders");

    // Then
    assertThat(directRead()).isEqualTo("DISABLED");

    // When
    resources.apply("orders", spec("localMountPath: /mnt/old, s3FilesConfig: {}"));
    resources.awaitReady("orders");

    // Then
    assertThat(directRead()).isEqualTo("AUTO");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  private static String spec(String mount) {
    return "functionName: orders\nfileSystemConfigs: [{arn: '" + ARN + "', " + mount + "}]";
  }

  private JsonNode mount() {
    return operator.aws().function("orders").path("FileSystemConfigs").path(0);
  }

  private String directRead() {
    return mount().path("S3FilesConfig").path("DirectS3Read").asText();
  }
}
