package dev.pergola.bridge.runner;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("CLI-25")
class SandboxTests {

	@Test
	void aProgramIsInNoSandboxUnlessSettingsSaySo() {
		Sandbox sandbox = TestRunner.script("cat").sandbox();
		assertThat(sandbox.profile()).isEqualTo(SandboxProfile.NONE);
		assertThat(sandbox.limitsGroup()).isFalse();
	}

	@Test
	void aSandboxHasTheNetworkOfTheBridgeUnlessSettingsSayOtherwise() {
		Sandbox sandbox = TestRunner
			.script("cat", "sandbox.profile", "bubblewrap", "sandbox.hidden", "/data", "sandbox.writable[0]",
					"/data/scratch", "sandbox.writable[1]", "/srv/work")
			.sandbox();
		assertThat(sandbox.network()).isEqualTo(SandboxNetwork.HOST);
		assertThat(sandbox.hiddenPaths()).containsExactly(Path.of("/data"));
		assertThat(sandbox.writablePaths()).as("also within what is hidden")
			.containsExactly(Path.of("/data/scratch"), Path.of("/srv/work"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			sandbox.network=none | network: NONE (expected: given together with profile bubblewrap)
			sandbox.writable=/srv/work | writable: [/srv/work] (expected: given together with profile bubblewrap)
			sandbox.hidden=/data | hidden: [/data] (expected: given together with profile bubblewrap)
			sandbox.processes=0 | processes: 0 (expected: 1 or more)
			sandbox.cpus=0 | cpus: 0.0 (expected: 0.01 or more)
			sandbox.cpus=NaN | cpus: NaN (expected: 0.01 or more)
			sandbox.cpus=-1 | cpus: -1.0 (expected: 0.01 or more)
			""")
	void whatMakesNoSenseIsRefused(String setting, String message) {
		refused(message, setting.split("="));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					sandbox.wrapper=nice | wrapper: [nice] (expected: not given together with profile bubblewrap)
					sandbox.no-new-privileges=false | no-new-privileges: false (expected: not given together with profile bubblewrap)
					sandbox.writable=/ | writable: / (expected: absolute path without .., not / and not in [/proc, /dev])
					sandbox.writable=/dev/shm | writable: /dev/shm (expected: absolute path without .., not / and not in [/proc, /dev])
					sandbox.writable=/srv/../etc | writable: /srv/../etc (expected: absolute path without .., not / and not in [/proc, /dev])
					sandbox.hidden=/proc/sys | hidden: /proc/sys (expected: absolute path without .., not / and not in [/proc, /dev])
					sandbox.writable=/srv,/srv/work | writable: /srv/work (expected: not in /srv, which may be written)
					sandbox.writable=/srv=sandbox.hidden=/srv/keys | hidden: /srv/keys (expected: not in /srv, which may be written)
					""")
	void whatMakesNoSenseInASandboxIsRefused(String settings, String message) {
		refused(message, ("sandbox.profile=bubblewrap=" + settings).split("="));
	}

	private static void refused(String message, String... settings) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> TestRunner.script("cat", settings))
			.havingRootCause()
			.withMessage(message);
	}

}
