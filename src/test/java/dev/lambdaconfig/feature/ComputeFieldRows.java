package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.FieldRow.PROVIDER;
import static dev.lambdaconfig.feature.FieldRow.instances;
import static dev.lambdaconfig.feature.FieldRow.managed;
import static dev.lambdaconfig.feature.FieldRow.provider;
import static dev.lambdaconfig.feature.FieldRow.quoted;
import static dev.lambdaconfig.feature.FieldRow.zip;

import java.util.List;

/** The rows of {@link FieldMatrix} for managed instances and durable executions. */
final class ComputeFieldRows {

  private static final String DURABLE =
      "\"DurableConfig\": {\"ExecutionTimeout\": 60, \"RetentionPeriodInDays\": 7}";
  private static final String KEY = "arn:aws:kms:eu-west-1:123456789012:key/";

  static final List<FieldRow> ROWS =
      List.of(
          provider("capacityProviderArn", "cap-arn")
              .then(
                  managed("capacityProviderArn: " + quoted(PROVIDER + "two")),
                  instances(PROVIDER + "two", 10, "2.0"))
              .then(
                  managed("capacityProviderArn: " + quoted(PROVIDER + "three")),
                  instances(PROVIDER + "three", 10, "2.0")),
          provider("perExecutionEnvironmentMaxConcurrency", "cap-concurrency")
              .then(managed("perExecutionEnvironmentMaxConcurrency: 10"), null)
              .then(
                  managed("perExecutionEnvironmentMaxConcurrency: 20"),
                  instances(PROVIDER + "one", 20, "2.0")),
          provider("executionEnvironmentMemoryGiBPerVCpu", "cap-memory")
              .then(managed("executionEnvironmentMemoryGiBPerVCpu: 2"), null)
              .then(
                  managed("executionEnvironmentMemoryGiBPerVCpu: 4.5"),
                  instances(PROVIDER + "one", 10, "4.5"))
              .then(
                  managed("executionEnvironmentMemoryGiBPerVCpu: 8"),
                  instances(PROVIDER + "one", 10, "8.0")),
          zip("durableConfig.executionTimeout", "DurableConfig", DURABLE)
              .then("durableConfig: {executionTimeout: 60}", null)
              .then(
                  "durableConfig: {executionTimeout: 3600}",
                  "{'DurableConfig': {'ExecutionTimeout': 3600, 'RetentionPeriodInDays': 7}}"),
          zip("durableConfig.retentionPeriodInDays", "DurableConfig", DURABLE)
              .then(
                  "durableConfig: {retentionPeriodInDays: 14}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 14}}")
              .then(
                  "durableConfig: {retentionPeriodInDays: 90}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 90}}"),
          zip("durableConfig.kmsKeyArn", "DurableConfig", DURABLE)
              .then(
                  "durableConfig: {kmsKeyArn: " + quoted(KEY + "one") + "}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': '"
                      + KEY
                      + "one'}}")
              .then(
                  "durableConfig: {kmsKeyArn: " + quoted(KEY + "two") + "}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': '"
                      + KEY
                      + "two'}}")
              .then(
                  "durableConfig: {kmsKeyArn: ''}",
                  "{'DurableConfig': {'ExecutionTimeout': 60, 'RetentionPeriodInDays': 7,"
                      + " 'KMSKeyArn': ''}}"));

  private ComputeFieldRows() {}
}
