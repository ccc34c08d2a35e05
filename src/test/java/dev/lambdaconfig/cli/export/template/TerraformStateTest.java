package dev.lambdaconfig.cli.export.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.cli.export.manifest.EnvironmentValues;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.source.ExportException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of a Terraform state. */
final class TerraformStateTest {

  private static final String CANARY = "canary-4711";

  @TempDir private Path folder;

  @Test
  void aResourceIsReadWithAllItsSettings() throws Exception {
    Received received =
        read(
            EnvironmentValues.IN_CLEAR,
            resource(
                "",
                """
                {"function_name": "orders", "arn": "arn:aws:lambda:eu-west-1:123456789012:function:orders",
                 "role": "arn:aws:iam::123456789012:role/a", "handler": "app.handler", "runtime": "python3.13",
                 "timeout": 30, "memory_size": 128, "description": "", "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/a",
                 "layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:a:1"], "publish": false,
                 "vpc_config": [{"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"], "vpc_id": "v",
                                 "ipv6_allowed_for_dual_stack": true}],
                 "environment": [{"variables": {"AA": "a"}}], "dead_letter_config": [],
                 "tracing_config": [{"mode": "Active"}], "ephemeral_storage": [{"size": 1024}],
                 "file_system_config": [{"arn": "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0",
                                         "local_mount_path": "/mnt/a"}],
                 "snap_start": [{"apply_on": "PublishedVersions", "optimization_status": "Off"}],
                 "logging_config": [{"log_format": "JSON", "application_log_level": "INFO",
                                     "system_log_level": "WARN", "log_group": "/aws/lambda/orders"}],
                 "durable_config": [{"execution_timeout": 60, "retention_period": 7}],
                 "capacity_provider_config": [{"lambda_managed_instances_capacity_provider_config":
                    [{"capacity_provider_arn": "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:a", "per_execution_environment_max_concurrency": 9}]}]}\
                """));

    assertThat(received.failed).isEmpty();
    assertThat(received.manifest("orders"))
        .endsWith(
            """
            spec:
              functionName: orders
              region: eu-west-1
              role: arn:aws:iam::123456789012:role/a
              handler: app.handler
              runtime: python3.13
              timeout: 30
              kmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a
              layers:
              - arn:aws:lambda:eu-west-1:123456789012:layer:a:1
              vpcConfig:
                subnetIds:
                - subnet-1
                securityGroupIds:
                - sg-1
                ipv6AllowedForDualStack: true
              environment:
                variables:
                  AA: a
              tracingConfig:
                mode: Active
              fileSystemConfigs:
              - arn: arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0
                localMountPath: /mnt/a
              ephemeralStorage:
                size: 1024
              snapStart:
                applyOn: PublishedVersions
              loggingConfig:
                logFormat: JSON
                systemLogLevel: WARN
              durableConfig:
                executionTimeout: 60
                retentionPeriodInDays: 7
              capacityProviderConfig:
                lambdaManagedInstancesCapacityProviderConfig:
                  capacityProviderArn: arn:aws:lambda:eu-west-1:123456789012:capacity-provider:a
                  perExecutionEnvironmentMaxConcurrency: 9
            """);
  }

  @Test
  void modulesAndInstancesAreReadAndOthersSkipped() throws Exception {
    Received received =
        read(
            EnvironmentValues.LEFT_OUT,
            resource("\"module\": \"module.a\",", "{\"function_name\": \"one\"}"),
            resource("", "{\"function_name\": \"two\"}", "{\"function_name\": \"three\"}"),
            resource("", "{\"function_name\": \"data\"}").replace("managed", "data"),
            resource("", "{\"function_name\": \"s3\"}")
                .replace("aws_lambda_function", "aws_s3_bucket"),
            resource("\"module\": \"module.b\",", "{\"function_name\": \"not a name\"}"));

    assertThat(received.manifests).containsOnlyKeys("one", "two", "three");
    assertThat(received.failed)
        .singleElement()
        .asString()
        .startsWith("module.b.aws_lambda_function.fn[0] is left out: functionName is neither");
  }

  @Test
  void sensitiveAttributesAreNotDeclared() throws Exception {
    String state =
        resource(
                "",
                "{\"function_name\": \"orders\", \"description\": \"%s\", \"timeout\": 9, \"environment\":"
                        .formatted(CANARY)
                    + " [{\"variables\": {\"AA\": \""
                    + CANARY
                    + "\"}}]}")
            .replace(
                "\"sensitive_attributes\": []",
                "\"sensitive_attributes\": [[{\"type\": \"get_attr\", \"value\":"
                    + " \"description\"}]]");

    Received received = read(EnvironmentValues.LEFT_OUT, state);

    assertThat(received.manifest("orders"))
        .startsWith(
            """
            # description is not declared: the state marks it as sensitive
            # environment is not declared: the function has the variable AA
            """)
        .contains("timeout: 9")
        .doesNotContain(CANARY);
  }

  @Test
  void sensitiveVariablesAreNotDeclaredInClear() throws Exception {
    String environment = "{\"type\": \"get_attr\", \"value\": \"environment\"}";
    String token =
        environment
            + ", {\"type\": \"index\", \"value\": {\"value\": 0, \"type\": \"number\"}},"
            + " {\"type\": \"get_attr\", \"value\": \"variables\"},"
            + " {\"type\": \"index\", \"value\": {\"value\": \"TOKEN\", \"type\": \"string\"}}";

    assertThat(read(EnvironmentValues.IN_CLEAR, withSensitive(token)).manifest("orders"))
        .startsWith(
            "# the environment variable TOKEN is not declared in clear: the state marks it as"
                + " sensitive (--env-secrets declares it)\n")
        .contains("    variables:\n      PLAIN: a\n    policy: Merge\n")
        .doesNotContain(CANARY);
    assertThat(read(EnvironmentValues.IN_CLEAR, withSensitive(environment)).manifest("orders"))
        .startsWith("# environment is not declared in clear: the state marks it as sensitive")
        .contains("timeout: 9")
        .doesNotContain(CANARY, "PLAIN");
    assertThat(read(EnvironmentValues.IN_SECRETS, withSensitive(token)).manifest("orders"))
        .contains("secretRef")
        .doesNotContain("#", "policy");
    assertThat(read(EnvironmentValues.IN_CLEAR, withSensitive("")).failed)
        .singleElement()
        .asString()
        .endsWith("is left out: the state marks all of it as sensitive");
  }

  private static String withSensitive(String path) {
    return resource(
            "",
            "{\"function_name\": \"orders\", \"timeout\": 9, \"environment\": [{\"variables\":"
                + " {\"TOKEN\": \"%s\", \"PLAIN\": \"a\"}}]}".formatted(CANARY))
        .replace("\"sensitive_attributes\": []", "\"sensitive_attributes\": [[" + path + "]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|is no Terraform state: write one with terraform state pull >",
        "[]|is no Terraform state: write one",
        "{\"version\": 4, \"resources\": {}}|its resources are no list: write one",
        "{\"version\": 3, \"modules\": []}|of version 3, and only version 4 is read: write it with"
            + " terraform state pull of Terraform 0.12 or newer",
        "{\"version\": 5, \"resources\": []}|of version 5, and only version 4 is read",
        "{\"format_version\": \"1.0\"}|is what terraform show -json prints, and no state: write one"
      })
  void anotherFileIsRefusedWithHowToWriteOne(String text, String message) {
    assertThatThrownBy(() -> received(EnvironmentValues.LEFT_OUT, text))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\": 4}",
        "{\"version\": 4, \"resources\": null}",
        "{\"version\": 4, \"resources\": []}"
      })
  void aStateWithoutFunctionsIsAnError(String text) throws Exception {
    assertThat(received(EnvironmentValues.LEFT_OUT, text).failed)
        .singleElement()
        .asString()
        .endsWith(
            "has no resource aws_lambda_function: name the state of the configuration that declares"
                + " the functions");
  }

  @Test
  void anInstanceWithoutAttributesIsAnError() throws Exception {
    assertThat(read(EnvironmentValues.LEFT_OUT, resource("", "null")).failed)
        .containsExactly(
            "aws_lambda_function.fn[0] is left out: the state has no function_name of it: write the"
                + " state anew, with terraform apply -refresh-only");
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsLineAndNoText() {
    assertThatThrownBy(() -> received(EnvironmentValues.LEFT_OUT, "{\n\"x\": " + CANARY + "\n}"))
        .hasMessageContaining("is no JSON (line 2)")
        .hasMessageNotContaining(CANARY);
    assertThatThrownBy(() -> received(EnvironmentValues.LEFT_OUT, "[".repeat(100_000)))
        .hasMessageContaining("is no JSON");
  }

  private Received read(EnvironmentValues values, String... resources) throws Exception {
    return received(
        values, "{\"version\": 4, \"resources\": [" + String.join(",", resources) + "]}");
  }

  private Received received(EnvironmentValues values, String text) throws Exception {
    Path file = folder.resolve("terraform.tfstate");
    Files.writeString(file, text);
    return Received.of(
        TerraformState.of(
            new TemplateFile(file, InputStream.nullInputStream(), "--from-terraform"),
            new TerraformSelection(
                FieldSelection.BEYOND_DEFAULTS,
                List.of(),
                null,
                values == EnvironmentValues.IN_CLEAR)),
        values);
  }

  private static String resource(String module, String... attributes) {
    StringBuilder instances = new StringBuilder();
    for (int i = 0; i < attributes.length; i++) {
      instances
          .append(i == 0 ? "" : ",")
          .append("{\"index_key\": %d, \"attributes\": ".formatted(i))
          .append(attributes[i])
          .append(", \"sensitive_attributes\": []}");
    }
    return "{%s \"mode\": \"managed\", \"type\": \"aws_lambda_function\", \"name\": \"fn\", \"instances\": [%s]}"
        .formatted(module, instances);
  }
}
