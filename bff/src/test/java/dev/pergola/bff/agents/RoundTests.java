package dev.pergola.bff.agents;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RoundTests {

	private final Set<Integer> all = new ConcurrentSkipListSet<>();

	private final List<Integer> seen = new ArrayList<>();

	private final Round<Integer> round = new Round<>(this.all, 4);

	@Test
	void looksAtEachOnceInARoundAndAtAPartInAStep() {
		add(10);
		assertThat(this.round.step(this.seen::add)).isFalse();
		assertThat(this.seen).hasSize(3);
		assertThat(this.round.step(this.seen::add)).isFalse();
		assertThat(this.round.step(this.seen::add)).isFalse();
		assertThat(this.round.step(this.seen::add)).isTrue();
		assertThat(this.seen).containsExactlyElementsOf(this.all);
	}

	@Test
	void looksAtFewOnceInARoundToo() {
		add(1);
		for (int step = 0; step < 8; step++) {
			this.round.step(this.seen::add);
		}
		assertThat(this.seen).containsExactly(1, 1);
	}

	@Test
	void whatComesAndGoesMeanwhileIsNoFault() {
		add(8);
		this.round.step(this.seen::add);
		this.all.remove(5);
		this.all.addAll(IntStream.rangeClosed(9, 90).boxed().toList());
		for (int step = 0; step < 7; step++) {
			this.round.step(this.seen::add);
		}
		assertThat(new LinkedHashSet<>(this.seen)).containsAll(this.all).doesNotContain(5);
	}

	@Test
	void whatFailsEveryTimeHoldsUpNoRound() {
		add(4);
		for (int round = 0; round < 2; round++) {
			assertThatThrownBy(() -> this.round.step((each) -> {
				throw new IllegalStateException("broken");
			})).isInstanceOf(IllegalStateException.class);
			for (int step = 0; step < 3; step++) {
				this.round.step(this.seen::add);
			}
		}
		assertThat(this.seen).containsExactly(2, 3, 4, 2, 3, 4);
	}

	private void add(int count) {
		this.all.addAll(IntStream.rangeClosed(1, count).boxed().toList());
	}

}
