/* 9 dining philosophers, each eats once: the steps of philosophers9.race, written for SPIN by hand. */
byte fork[9] = 255;

active [9] proctype philosopher() {
  d_step { fork[_pid] == 255 -> fork[_pid] = _pid };
  d_step { fork[(_pid + 1) % 9] == 255 -> fork[(_pid + 1) % 9] = _pid };
  fork[_pid] = 255;
  fork[(_pid + 1) % 9] = 255;
  /* It stays: SPIN takes finished processes away one by one, which would be states of their own. */
end: false
}
