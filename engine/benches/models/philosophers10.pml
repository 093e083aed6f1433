/* 10 dining philosophers, each eats once: the steps of philosophers10.race, written for SPIN by hand. */
byte fork[10] = 255;

active [10] proctype philosopher() {
  d_step { fork[_pid] == 255 -> fork[_pid] = _pid };
  d_step { fork[(_pid + 1) % 10] == 255 -> fork[(_pid + 1) % 10] = _pid };
  fork[_pid] = 255;
  fork[(_pid + 1) % 10] = 255;
  /* It stays: SPIN takes finished processes away one by one, which would be states of their own. */
end: false
}
