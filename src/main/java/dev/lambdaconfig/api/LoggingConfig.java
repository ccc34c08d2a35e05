package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The logging settings of a function, sent as {@code LoggingConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.logFormat) || self.logFormat != 'Text' || !(has(self.applicationLogLevel) ||"
            + " has(self.systemLogLevel))",
    message =
        "log levels need logFormat: JSON: remove applicationLogLevel and systemLogLevel, or set"
            + " logFormat: JSON")
public record LoggingConfig(
    @JsonPropertyDescription(
            "JSON or Text. Setting Text drops the log levels. AWS's default is Text. Absent: not"
                + " managed.")
        @Nullable String logFormat,
    @JsonPropertyDescription(
            "TRACE, DEBUG, INFO, WARN, ERROR or FATAL; JSON format only. AWS's default is INFO."
                + " Absent: not managed.")
        @Nullable String applicationLogLevel,
    @JsonPropertyDescription(
            "DEBUG, INFO or WARN; JSON format only. AWS's default is INFO. Absent: not managed.")
        @Nullable String systemLogLevel,
    @Size(max = 512)
        @ValidationRule(
            value = "self.matches('^[._/#A-Za-z0-9-]*$')",
            message =
                "logGroup must consist of letters, digits and . - _ / #, such as"
                    + " /aws/lambda/my-function; \"\" goes back to AWS's default")
        @JsonPropertyDescription(
            "The CloudWatch log group. \"\" goes back to AWS's default, /aws/lambda/<name>. Absent:"
                + " not managed.")
        @Nullable String logGroup) {}
