"""As Korean papers write it, with 24 hours."""

DATE_FORMAT = "Y년 n월 j일"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y년 n월 j일 H:i T"
MONTH_DAY_FORMAT = "n월 j일"
SHORT_DATE_FORMAT = "Y-n-j"
SHORT_DATETIME_FORMAT = "Y-n-j H:i"
